package io.flashcall.verification.guard;

import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.number.QuarantineRule;
import java.time.Duration;
import java.util.List;

/// How often is too often, as configured.
///
/// @param startsPerDestination    starts for one number across all apps
/// @param startsPerAddress        starts with publishable keys from one IP address (IPv6: one /64)
/// @param failedChecksPerDay      wrong checks for one number in a day (UTC)
/// @param callerIdCoolDown        how long a number is not shown again to the same destination
/// @param quarantine              when a number is not shown again to anybody
public record Limits(
        Limit startsPerDestination,
        Limit startsPerAddress,
        int failedChecksPerDay,
        Duration callerIdCoolDown,
        QuarantineRule quarantine) {

    public static final String STARTS_PER_APP = "starts_per_app";
    public static final String FAILED_CHECKS = "failed_checks_per_destination";

    /// 3 starts in 10 minutes and 5 an hour for a number, 10 an hour from an address, 10 wrong checks a day for
    /// a number, 24 hours of cool-down; see [QuarantineRule#DEFAULT].
    public static final Limits DEFAULT = new Limits(
            new Limit(
                    "starts_per_destination",
                    List.of(new Rate(3, Duration.ofMinutes(10)), new Rate(5, Duration.ofHours(1)))),
            new Limit("starts_per_address", List.of(new Rate(10, Duration.ofHours(1)))),
            10,
            Duration.ofHours(24),
            QuarantineRule.DEFAULT);
}
