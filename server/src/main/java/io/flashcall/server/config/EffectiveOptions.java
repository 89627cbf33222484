package io.flashcall.server.config;

import io.flashcall.engine.E164;
import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.TrunkOptions;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Shows what only some trunks want, in the file's own notation, a line for each key.
final class EffectiveOptions {

    private EffectiveOptions() {}

    /// Lines of a trunk's entry, each with a line feed ahead of it.
    static String print(TrunkOptions options) {
        return line("signalling", signalling(options.signalling()))
                + line("refusals", refusals(options.refusals()))
                + line("overload_control", String.valueOf(options.overloadControl()))
                + line("guards", guards(options.guards()))
                + line("caller_headers", CallerHeadersReader.print(options.callerHeaders()))
                + options.redirects()
                        .map(policy -> line("redirects", redirects(policy)))
                        .orElse("")
                + options.registration()
                        .map(wanted -> line("registration", registration(wanted)))
                        .orElse("")
                + options.stir().map(stir -> line("stir", stir(stir))).orElse("");
    }

    private static String registration(RegistrationConfig wanted) {
        return "{user: \"%s\"%s, expires: %s}"
                .formatted(
                        E164.mask(wanted.user()),
                        wanted.registrar()
                                .map(host -> ", registrar: \"" + host + "\"")
                                .orElse(""),
                        Durations.text(wanted.expires()));
    }

    private static String line(String key, String value) {
        return "\n    " + key + ": " + value;
    }

    /// Its value may hold quotes and backslashes.
    private static String header(String line) {
        int colon = line.indexOf(": ");
        var value = E164.mask(line.substring(colon + 2)).replace("\\", "\\\\").replace("\"", "\\\"");
        return line.substring(0, colon) + ": \"" + value + "\"";
    }

    private static String redirects(RedirectPolicy policy) {
        return "{hosts: %s, most: %d}".formatted(EffectiveConfig.quoted(policy.hosts()), policy.most());
    }

    private static String guards(GuardPolicy guards) {
        var limits = guards.limits();
        return ("{answered: %s, short_calls: %s, effective: %s, short_call: %s, window: %s, min_calls: %d, rest: %s,"
                        + " test_calls: %d}")
                .formatted(
                        percent(limits.mostAnswered()),
                        percent(limits.mostShort()),
                        percent(limits.leastEffective()),
                        Durations.text(guards.shortCall()),
                        Durations.text(guards.window()),
                        guards.minCalls(),
                        Durations.text(guards.rest()),
                        guards.testCalls());
    }

    private static String percent(OptionalInt limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsInt()) : "off";
    }

    private static String refusals(RefusalRules refusals) {
        return refusals.overrides().entrySet().stream()
                .map(override -> "\"" + override.getKey() + "\": " + RefusalsReader.word(override.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String signalling(SignallingConfig signalling) {
        var headers =
                signalling.headers().stream().map(EffectiveOptions::header).collect(Collectors.joining(", ", "{", "}"));
        return "{100rel: %s, domain: \"%s\", routes: %s, headers: %s}"
                .formatted(
                        signalling.reliability().name().toLowerCase(Locale.ROOT),
                        signalling.domain(),
                        EffectiveConfig.quoted(signalling.routes()),
                        headers);
    }

    private static String stir(StirConfig stir) {
        return "{attestation: %s, private_key: \"%s\", x5u: \"%s\", origid: %s}"
                .formatted(stir.attestation(), stir.privateKeyFile(), stir.x5u(), stir.origid());
    }
}
