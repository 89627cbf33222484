package io.flashcall.verification;

import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.FailedChecks.Day;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// How many wrong checks a destination has left today (UTC), across its sessions. Checks that run at the same
/// moment may overdraw it by what they are; a session's own count is exact.
///
/// @param failed  what was counted
/// @param aDay how many a day
record CheckBudget(FailedChecks failed, int aDay) {

    boolean isUsedUp(String destinationMac, Instant now) {
        return failed.count(day(destinationMac, now)) >= aDay;
    }

    static Day day(String destinationMac, Instant now) {
        return new Day(destinationMac, LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /// When there is a new budget.
    static Duration untilTomorrow(Instant now) {
        var tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        return Duration.between(now, tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
