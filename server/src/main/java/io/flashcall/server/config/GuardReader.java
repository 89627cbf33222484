package io.flashcall.server.config;

import io.flashcall.engine.GuardPolicy;
import io.flashcall.engine.GuardPolicy.Limits;
import java.util.OptionalInt;

/// Reads `guards` of a trunk.
final class GuardReader {

    private static final String OFF = "off";
    private static final Kind<OptionalInt> MOST = percent("off, or 0 to 99 percent");
    private static final Kind<OptionalInt> LEAST = percent("off, or 1 to 100 percent");

    private GuardReader() {}

    static GuardPolicy read(Section section) {
        var off = GuardPolicy.OFF;
        var answered = section.value("answered", MOST, OptionalInt.empty());
        var shortCalls = section.value("short_calls", MOST, OptionalInt.empty());
        var effective = section.value("effective", LEAST, OptionalInt.empty());
        var shortCall = section.value("short_call", Kind.DURATION, off.shortCall());
        var window = section.value("window", Kind.DURATION, off.window());
        int minCalls = section.value("min_calls", Kind.INTEGER, off.minCalls());
        var rest = section.value("rest", Kind.DURATION, off.rest());
        int testCalls = section.value("test_calls", Kind.INTEGER, off.testCalls());
        var limits = section.build("guards.", () -> new Limits(answered, shortCalls, effective))
                .orElse(Limits.NONE);
        return section.build("guards.", () -> new GuardPolicy(limits, shortCall, window, minCalls, rest, testCalls))
                .orElse(off);
    }

    private static Kind<OptionalInt> percent(String expected) {
        return Kind.of(
                expected, text -> text.equals(OFF) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text)));
    }
}
