package io.flashcall.cli.load;

import java.util.concurrent.locks.LockSupport;

/// The time that a load keeps to; a test drives its own.
interface Ticker {

    /// The machine's.
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    /// Monotonic.
    long nanos();

    /// Returns after this time or before.
    void pause(long nanos);
}
