package io.flashcall.cli.load;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// What a call costs in CPU time: the whole process's, user and system, in ticks of 10 ms on Linux.
///
/// [#warm] is called by one thread; what it wrote is read once that thread has ended.
final class CpuMeter {

    private static final double NANOS_PER_MICRO = 1e3;

    private final Supplier<Optional<Duration>> used;
    private Optional<Duration> usedWarm = Optional.empty();
    private long endedWarm;

    /// @param used by the process until now, empty where the system does not say
    CpuMeter(Supplier<Optional<Duration>> used) {
        this.used = used;
    }

    /// Of this process.
    static CpuMeter ofProcess() {
        return new CpuMeter(() -> ProcessHandle.current().info().totalCpuDuration());
    }

    /// The warm-up is over.
    ///
    /// @param ended calls until now
    void warm(long ended) {
        usedWarm = used.get();
        endedWarm = ended;
    }

    /// @param ended calls until now
    Cost cost(long ended) {
        var usedNow = used.get();
        return new Cost(
                usedWarm.flatMap(warm -> usedNow.flatMap(now -> micros(now.minus(warm), ended - endedWarm))),
                usedNow.flatMap(now -> micros(now, ended)));
    }

    private static Optional<Double> micros(Duration cpu, long calls) {
        return calls > 0 ? Optional.of(cpu.toNanos() / NANOS_PER_MICRO / calls) : Optional.empty();
    }

    /// Microseconds a call.
    ///
    /// @param warm  of the calls that ended after the warm-up
    /// @param total of all, the JVM's own start included
    record Cost(Optional<Double> warm, Optional<Double> total) {}
}
