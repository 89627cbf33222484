package io.flashcall.verification.pricing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// How long a budget lasts. Days and months are those of UTC.
public enum BudgetPeriod {
    DAY,
    MONTH;

    /// `day` or `month`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a refusal names: `budget_per_day` or `budget_per_month`.
    public String limit() {
        return "budget_per_" + label();
    }

    /// The first day of the period that a moment is in.
    public LocalDate first(Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return switch (this) {
            case DAY -> today;
            case MONTH -> today.withDayOfMonth(1);
        };
    }

    /// The last one.
    public LocalDate last(Instant now) {
        var first = first(now);
        return switch (this) {
            case DAY -> first;
            case MONTH -> first.plusMonths(1).minusDays(1);
        };
    }

    /// How long until the next one begins.
    public Duration left(Instant now) {
        var next = last(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(now, next);
    }
}
