package io.flashcall.server.config;

import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import java.util.List;
import java.util.Locale;

/// Reads `signalling` of a trunk.
final class SignallingReader {

    private static final Kind<Reliability> RELIABILITY = Kind.oneOf(List.of("off", "supported", "required"))
            .map(word -> Reliability.valueOf(word.toUpperCase(Locale.ROOT)));

    private SignallingReader() {}

    static SignallingConfig read(Section section) {
        var standard = SignallingConfig.STANDARD;
        var reliability = section.value("100rel", RELIABILITY, standard.reliability());
        var routes = section.list("routes", Kind.TEXT);
        var headers = section.values("headers", Kind.TEXT).entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
        var domain = section.value("domain", Kind.TEXT, standard.domain());
        return section.build("signalling.", () -> new SignallingConfig(reliability, routes, headers, domain))
                .orElse(standard);
    }
}
