package io.flashcall.verification.pricing;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Spending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks how budgets stand, and has apps told once in each period when much, and when all of one is spent. Every node
/// looks; the store sees to it that one of them tells. [#look] is to be called every [#EVERY], by one thread.
public final class BudgetWatch {

    public static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(BudgetWatch.class);

    private final Apps apps;
    private final Budgets budgets;
    private final Teller teller;
    private final InstantSource clock;
    // What needs not be told again; the looking thread's own.
    private final Set<Told> told = new HashSet<>();
    private volatile List<Standing> standings = List.of();

    public BudgetWatch(Apps apps, Budgets budgets, Teller teller, InstantSource clock) {
        this.apps = apps;
        this.budgets = budgets;
        this.teller = teller;
        this.clock = clock;
    }

    /// How apps are told.
    ///
    /// @param spending keeps what was told
    /// @param journal  writes it
    /// @param told     runs when something new is to be delivered
    public record Teller(Spending spending, BudgetJournal journal, Runnable told) {}

    private record Told(AppId app, BudgetPeriod period, LocalDate first, EventType type) {}

    /// How the budgets of one app stand.
    public record Standing(AppId app, List<Budgets.Use> uses) {}

    /// How budgets stood when they were looked at last; apps without are left out.
    public List<Standing> standings() {
        return standings;
    }

    /// Once through all apps.
    public void look() {
        var now = clock.instant();
        var found = new ArrayList<Standing>();
        for (var app : apps.list()) {
            if (!app.guard().budget().isNone()) {
                var uses = budgets.uses(app, now);
                uses.forEach(use -> tell(app, use, now));
                found.add(new Standing(app.id(), uses));
            }
        }
        told.removeIf(known -> known.first().isBefore(known.period().first(now)));
        standings = List.copyOf(found);
    }

    private void tell(App app, Budgets.Use use, Instant now) {
        if (use.isWorthAWarning()) {
            tell(app, use, EventType.BUDGET_WARNING, now);
        }
        if (use.isExhausted()) {
            tell(app, use, EventType.BUDGET_EXHAUSTED, now);
        }
    }

    private void tell(App app, Budgets.Use use, EventType type, Instant now) {
        var news = new Told(app.id(), use.period(), use.first(), type);
        if (told.contains(news)) {
            return;
        }
        var body = teller.journal().write(app.id(), use, type, now);
        if (teller.spending().tell(new Spending.Notice(app.id(), use.period(), use.first(), type, now, body))) {
            LOG.warn(
                    "{}: {} for the {} from {}",
                    app.id(),
                    type.label(),
                    use.period().label(),
                    use.first());
            teller.told().run();
        }
        // Only now: what could not be saved is told at the next look.
        told.add(news);
    }
}
