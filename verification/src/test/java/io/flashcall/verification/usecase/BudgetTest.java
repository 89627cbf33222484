package io.flashcall.verification.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.App;
import io.flashcall.verification.Budget;
import io.flashcall.verification.Price;
import io.flashcall.verification.Status;
import io.flashcall.verification.Verifications.CheckResult;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.Verifications.Wishes;
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Quote;
import io.flashcall.verification.pricing.Rate;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.routing.Verdicts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What an app's budget stops, and what it does not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BudgetTest {

    private static final SipStatus BUSY = new SipStatus(486, -1, "");
    private static final String OTHER_PHONE = "+447400123457";

    private final Scene scene = new Scene();

    BudgetTest() {
        scene.rates = BudgetTest::price;
        var app = Scene.app(App.Access.DEFAULT);
        var budget = new Budget(Optional.of(Price.parse("0.06 EUR")), Optional.empty(), 80);
        scene.store.save(new App(
                app.id(),
                app.title(),
                app.policy(),
                app.purposes(),
                app.access(),
                new App.RiskGuard(0.01, Optional.empty(), budget)));
    }

    @Test
    void what_is_under_way_counts_and_what_came_to_nothing_is_given_back() {
        var first = scene.started(Scene.PHONE);
        scene.started(OTHER_PHONE);
        assertThat(start("+447400123458"))
                .isEqualTo(new StartResult.OverBudget("budget_per_day", Duration.ofHours(12)));

        scene.service.cancel(first.id());
        scene.changes.onEnded(first.id(), 1, Verdicts.of(new CallOutcome.Abandoned(SipStatus.NONE)));

        assertThat(start("+447400123458")).isInstanceOf(StartResult.Started.class);
    }

    @Test
    void a_new_day_has_a_new_budget() {
        scene.started(Scene.PHONE);
        scene.started(OTHER_PHONE);
        scene.pass(Duration.ofHours(12).minusMillis(1));
        assertThat(start("+447400123458"))
                .isEqualTo(new StartResult.OverBudget("budget_per_day", Duration.ofMillis(1)));

        scene.pass(Duration.ofMillis(1));

        assertThat(start("+447400123458")).isInstanceOf(StartResult.Started.class);
    }

    @Test
    void the_next_channel_is_not_tried_when_the_budget_is_spent_and_what_is_running_is_not_cut() {
        var first = scene.started(Scene.PHONE);
        var second = scene.started(OTHER_PHONE);
        scene.rang(second.id());
        scene.changes.onEnded(first.id(), 1, Verdicts.of(new CallOutcome.Declined(DeclineCause.BUSY, BUSY)));
        // The busy line gave 0.03 back; the SMS sets 0.08 aside, and is sent.
        assertThat(scene.messages).hasSize(1);
        assertThat(spent()).isEqualByComparingTo("0.07");

        scene.pass(Duration.ofSeconds(45));

        assertThat(scene.timeline(second.id())).endsWith("channel.fallback", "channel.unavailable");
        assertThat(scene.session(second.id()).status()).isEqualTo(Status.PENDING);
        assertThat(scene.messages).hasSize(1);
        assertThat(scene.service.check(first.id(), "8642", "manual", false)).isInstanceOf(CheckResult.Right.class);
    }

    @Test
    void a_resend_finds_no_channel_when_the_budget_is_spent() {
        var first = scene.started(Scene.PHONE);
        scene.rang(first.id());
        scene.rang(scene.started(OTHER_PHONE).id());

        scene.service.resend(first.id(), Optional.empty());

        assertThat(scene.session(first.id()).attempts()).hasSize(1);
        assertThat(scene.timeline(first.id())).containsSubsequence("call.delivered", "channel.unavailable");
        assertThat(scene.session(first.id()).status()).isEqualTo(Status.PENDING);
    }

    private StartResult start(String to) {
        return scene.start(to, Scene.server(), Scene.subject("login"), Wishes.NONE);
    }

    private BigDecimal spent() {
        var today = LocalDate.of(2026, 11, 25);
        return scene.store.spent(Scene.APP, "EUR", today, today);
    }

    private static Optional<Quote> price(Rates.Asked asked) {
        var rate = asked.trunk().isPresent()
                ? new Rate(Price.parse("0.03 EUR"), new Increment.Reached(), "calls")
                : new Rate(Price.parse("0.04 EUR"), new Increment.Part(), "messages");
        return Optional.of(new Quote(rate, Optional.empty()));
    }
}
