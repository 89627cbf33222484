package io.flashcall.offender.engine.call;

import java.time.Instant;
import java.util.function.Supplier;

final class ReadsAnInstant {

    Supplier<Instant> clock() {
        return Instant::now;
    }
}
