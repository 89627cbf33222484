package io.flashcall.engine.agent;

import java.util.SplittableRandom;

/// How long a registration waits for its next round, in nanoseconds. All by chance, within bounds: the many clients of
/// a registrar that comes back must not all ask at once (RFC 5626 §4.5).
final class RegistrationPauses {

    static final long SECOND = 1_000_000_000L;

    /// Of a Retry-After.
    static final int MOST_SECONDS = 3_600;

    private static final long FIRST = 2 * SECOND;
    private static final long LONGEST = 300 * SECOND;

    /// Who knocks often with wrong credentials may find its address blocked.
    private static final long SHORTEST_AFTER_REJECTION = 60 * SECOND;

    private static final int MOST_DOUBLINGS = 8;

    private final SplittableRandom random;
    private int failures;

    RegistrationPauses(SplittableRandom random) {
        this.random = random;
    }

    /// Half to all of 2 s, twice that each time, up to 5 minutes.
    long afterFailure() {
        long bound = Math.min(LONGEST, FIRST << Math.min(failures++, MOST_DOUBLINGS));
        return random.nextLong(bound / 2, bound + 1);
    }

    /// The same, and at least a minute.
    long afterRejection() {
        return Math.max(SHORTEST_AFTER_REJECTION, afterFailure());
    }

    /// It was granted: from four to five tenths of the time, so that there is as much left for hosts that are silent.
    long untilRefresh(int grantedSeconds) {
        failures = 0;
        return Math.max(SECOND, random.nextLong(grantedSeconds * SECOND * 4 / 10, grantedSeconds * SECOND / 2 + 1));
    }
}
