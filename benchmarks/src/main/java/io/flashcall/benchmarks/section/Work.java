package io.flashcall.benchmarks.section;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Kinds of work of a service, told apart by the threads that do it.
enum Work {
    REQUESTS("HTTP, sessions, webhooks", "ForkJoinPool.*"),
    STORE("writing to the store", "store-writer.*"),
    CALLS("calls, their events", "flashcall-(agent|event).*"),
    COMPILING("compiling", "C[12] Compiler.*"),
    COLLECTING("collecting garbage", "(VM|GC) Thread.*"),
    OTHER("other", ".*");

    private final String label;
    private final Pattern threads;

    /// @param threads their names
    Work(String label, String threads) {
        this.label = label;
        this.threads = Pattern.compile(threads);
    }

    String label() {
        return label;
    }

    /// Name of its figure.
    String figure() {
        return "cpu_us_" + name().toLowerCase(Locale.ROOT);
    }

    /// CPU time that threads of this kind have used.
    ///
    /// @param byThread by name, of which there may be the beginning only
    Duration of(Map<String, Duration> byThread) {
        var sum = Duration.ZERO;
        for (var thread : byThread.entrySet()) {
            if (kindOf(thread.getKey()) == this) {
                sum = sum.plus(thread.getValue());
            }
        }
        return sum;
    }

    private static Work kindOf(String thread) {
        for (var kind : values()) {
            if (kind.threads.matcher(thread).matches()) {
                return kind;
            }
        }
        return OTHER;
    }
}
