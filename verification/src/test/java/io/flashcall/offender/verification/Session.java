package io.flashcall.offender.verification;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

final class Session {

    Supplier<Instant> clock() {
        return Instant::now;
    }

    record Drawn(UUID id) {}
}
