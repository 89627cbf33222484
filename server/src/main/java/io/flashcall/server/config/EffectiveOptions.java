package io.flashcall.server.config;

import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.TrunkOptions;
import java.util.Locale;
import java.util.stream.Collectors;

/// Shows what only some trunks want, in the file's own notation, a line for each key.
final class EffectiveOptions {

    private EffectiveOptions() {}

    /// Lines of a trunk's entry, each with a line feed ahead of it.
    static String print(TrunkOptions options) {
        return line("signalling", signalling(options.signalling())) + line("refusals", refusals(options.refusals()));
    }

    private static String line(String key, String value) {
        return "\n    " + key + ": " + value;
    }

    private static String refusals(RefusalRules refusals) {
        return refusals.overrides().entrySet().stream()
                .map(override -> "\"" + override.getKey() + "\": " + RefusalsReader.word(override.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String signalling(SignallingConfig signalling) {
        var headers = signalling.headers().stream()
                .map(line -> line.replaceFirst(": (.*)", ": \"$1\""))
                .collect(Collectors.joining(", ", "{", "}"));
        return "{100rel: %s, routes: %s, headers: %s}"
                .formatted(
                        signalling.reliability().name().toLowerCase(Locale.ROOT),
                        EffectiveConfig.quoted(signalling.routes()),
                        headers);
    }
}
