package io.flashcall.cli.place;

import io.flashcall.engine.Engine;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Waits until a trunk that registers has done so, ahead of a call.
final class RegistrationWait {

    /// Room for a connection, two challenges and a host that is asked in vain by TCP. A call is tried after that,
    /// too.
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private RegistrationWait() {}

    /// Returns at once where nothing registers, and as soon as every registration is taken or one is rejected.
    ///
    /// @param stop whether to wait no longer
    /// @return the registrations that do not hold
    static List<RegistrationStatus> in(Engine engine, BooleanSupplier stop) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        var open = open(engine);
        while (!open.isEmpty()
                && open.stream().noneMatch(one -> one.state() == State.REJECTED)
                && !stop.getAsBoolean()
                && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_AGAIN);
            open = open(engine);
        }
        return open;
    }

    private static List<RegistrationStatus> open(Engine engine) {
        return engine.snapshot().registrations().stream()
                .filter(one -> one.state() != State.REGISTERED)
                .toList();
    }
}
