package io.flashcall.server.config;

import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.SignallingConfig;
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
                + line("overload_control", String.valueOf(options.overloadControl()))
                + line("guards", guards(options.guards()));
    }

    private static String line(String key, String value) {
        return "\n    " + key + ": " + value;
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
