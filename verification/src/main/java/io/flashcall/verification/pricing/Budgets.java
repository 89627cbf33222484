package io.flashcall.verification.pricing;

import io.flashcall.verification.App;
import io.flashcall.verification.Price;
import io.flashcall.verification.store.Spending;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Holds what apps spend against their budgets. What is under way counts with its ceiling, so that what
/// starts together overdraws a budget by little: at most by the attempts that were being decided on at the
/// same moment. Thread-safe.
public final class Budgets {

    private final Spending spending;

    public Budgets(Spending spending) {
        this.spending = spending;
    }

    /// How far each budget of an app is used, the day's first; none where it has none.
    public List<Use> uses(App app, Instant now) {
        var uses = new ArrayList<Use>();
        var budget = app.guard().budget();
        budget.day().ifPresent(amount -> uses.add(use(app, BudgetPeriod.DAY, amount, now)));
        budget.month().ifPresent(amount -> uses.add(use(app, BudgetPeriod.MONTH, amount, now)));
        return uses;
    }

    /// The budget that lets nothing start any more; of two, the one that does so for longer.
    public Optional<Use> exhausted(App app, Instant now) {
        return uses(app, now).stream()
                .filter(Use::isExhausted)
                .max(Comparator.comparing(use -> use.period().left(now)));
    }

    private Use use(App app, BudgetPeriod period, Price amount, Instant now) {
        var spent = spending.spent(app.id(), amount.currency(), period.first(now), period.last(now));
        return new Use(
                period, period.first(now), amount, spent, app.guard().budget().warnAt());
    }

    /// How a budget stands.
    ///
    /// @param first  day of its period
    /// @param budget for the whole period
    /// @param spent  of it, in its currency; what is under way counts with its ceiling
    /// @param warnAt percent of it that are worth a warning
    public record Use(BudgetPeriod period, LocalDate first, Price budget, BigDecimal spent, int warnAt) {

        /// Whether nothing more may start.
        public boolean isExhausted() {
            return spent.compareTo(budget.amount()) >= 0;
        }

        /// Whether so much is spent that somebody should hear of it.
        public boolean isWorthAWarning() {
            return spent.movePointRight(2).compareTo(budget.amount().multiply(BigDecimal.valueOf(warnAt))) >= 0;
        }

        /// Spent of the budget: 1 is all of it.
        public double ratio() {
            return budget.amount().signum() == 0
                    ? 1
                    : spent.divide(budget.amount(), MathContext.DECIMAL64).doubleValue();
        }

        /// How long nothing may start.
        public Duration left(Instant now) {
            return period.left(now);
        }
    }
}
