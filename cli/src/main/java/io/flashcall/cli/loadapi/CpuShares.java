package io.flashcall.cli.loadapi;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What each process spends on a verification.
final class CpuShares {

    private final Map<String, Supplier<Duration>> processes;
    private final Map<String, Duration> before = new LinkedHashMap<>();

    /// @param processes by name: the CPU time that each has used until now
    CpuShares(Map<String, Supplier<Duration>> processes) {
        this.processes = new LinkedHashMap<>(processes);
    }

    /// Counts from now on.
    void begin() {
        processes.forEach((name, used) -> before.put(name, used.get()));
    }

    /// Microseconds a session since [#begin].
    Map<String, Long> micros(long sessions) {
        var micros = new LinkedHashMap<String, Long>();
        if (sessions > 0) {
            processes.forEach((name, used) -> {
                var spent = used.get().minus(before.getOrDefault(name, Duration.ZERO));
                micros.put(name, spent.toNanos() / 1_000 / sessions);
            });
        }
        return micros;
    }
}
