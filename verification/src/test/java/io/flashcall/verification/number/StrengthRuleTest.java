package io.flashcall.verification.number;

import static io.flashcall.verification.number.Numbers.pool;
import static io.flashcall.verification.number.Numbers.trunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Bounded;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Terms;
import io.flashcall.verification.routing.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StrengthRuleTest {

    private static final List<PlannedChannel> SMS_ALONE =
            List.of(new PlannedChannel(new ChannelName("sms"), Duration.ofSeconds(60)));

    private final PoolBook book = new PoolBook(
            Numbers.Kept.of(pool("full", "+44207946xxxx"), pool("small", "+4420794601xx"), pool("empty")),
            List.of(trunk("carrier-a", "+44207946xxxx")),
            (RandomGenerator) new Random(1));
    private final StrengthRule rule = new StrengthRule(book);

    @Test
    void a_full_block_satisfies_the_usual_policy() {
        assertThat(rule.check(app(Policy.DEFAULT), routes("full"))).isEmpty();
    }

    @Test
    void a_pool_that_is_too_small_is_named_with_its_chance_and_what_would_do() {
        assertThat(rule.check(app(Policy.DEFAULT), routes("full", "small")))
                .containsExactly(new Problem(
                        "policy",
                        "pool small has 100 distinct endings of 4 digits: in a session of 3 checks and 3 sends a code is"
                                + " guessed with a chance of 8.82 % (expected: at most 1.00 %; needs "
                                + Strength.needed(3, 3, 0.01) + ")"));
    }

    @Test
    void where_no_pool_could_have_enough_it_says_what_else_to_do() {
        var app = app(policy(4, 10, 10, List.of(PlannedChannel.FLASH_CALL)));
        assertThat(rule.check(app, routes("full"))).isEmpty();

        var strict = new App(
                app.id(),
                app.title(),
                app.policy(),
                Map.of(),
                App.Access.DEFAULT,
                new App.RiskGuard(1e-4, Optional.empty()));
        assertThat(rule.check(strict, routes("full")))
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("no pool has enough: ask for more digits, or allow fewer checks or sends");
    }

    @Test
    void each_purpose_is_judged_by_its_own_policy() {
        var careless = policy(4, 10, 5, List.of(PlannedChannel.FLASH_CALL));
        var app = new App(
                new AppId("shop"),
                "Shop",
                policy(4, 1, 1, List.of(PlannedChannel.FLASH_CALL)),
                Map.of("signup", careless, "login", careless, "rare", policy(4, 10, 10, SMS_ALONE)),
                App.Access.DEFAULT,
                App.RiskGuard.DEFAULT);

        assertThat(rule.check(app, routes("small")))
                .extracting(Problem::field)
                .containsExactly("purposes.login", "purposes.signup");
    }

    @Test
    void pools_do_not_matter_to_a_policy_without_flash_calls() {
        assertThat(rule.check(app(policy(4, 3, 3, SMS_ALONE)), routes("small"))).isEmpty();
        assertThat(rule.check(app(Policy.DEFAULT), terms(4, 3, 3, SMS_ALONE), routes("small")))
                .isEmpty();
    }

    @Test
    void pools_that_make_no_calls_are_passed_over() {
        assertThat(rule.check(app(Policy.DEFAULT), routes("empty", "missing"))).isEmpty();
    }

    @Test
    void a_start_whose_wishes_weaken_its_code_is_found_out() {
        var flash = List.of(PlannedChannel.FLASH_CALL);
        var strict = new App(
                new AppId("bank"),
                "Bank",
                Policy.DEFAULT,
                Map.of(),
                App.Access.DEFAULT,
                new App.RiskGuard(0.001, Optional.empty()));

        assertThat(rule.check(strict, terms(4, 3, 3, flash), routes("full"))).isEmpty();
        assertThat(rule.check(strict, terms(4, 5, 3, flash), routes("full"))).hasValueSatisfying(problem -> {
            assertThat(problem.field()).isEqualTo("code_length");
            assertThat(problem.detail()).contains("pool full", "5 checks and 3 sends", "0.150 %", "0.100 %");
        });
    }

    @Test
    void what_was_drawn_is_judged_by_what_was_left_for_this_destination() {
        var flash = terms(4, 3, 3, List.of(PlannedChannel.FLASH_CALL));
        int enough = Strength.needed(3, 3, 0.01);

        assertThat(StrengthRule.check(app(Policy.DEFAULT), flash, "uk", new Strength(enough)))
                .isEmpty();
        assertThat(StrengthRule.check(app(Policy.DEFAULT), flash, "uk", new Strength(enough - 1)))
                .hasValueSatisfying(why -> assertThat(why).contains("pool uk has " + (enough - 1)));
    }

    private static List<Route> routes(String... pools) {
        return List.of(pools).stream()
                .map(pool -> new Route("+44", "carrier-a", pool, Optional.empty(), false))
                .toList();
    }

    private static App app(Policy policy) {
        return new App(new AppId("shop"), "Shop", policy, Map.of(), App.Access.DEFAULT, App.RiskGuard.DEFAULT);
    }

    private static Policy policy(int codeLength, int checks, int sends, List<PlannedChannel> channels) {
        return new Policy(
                Bounded.fixed(codeLength),
                Policy.DEFAULT.timeToLive(),
                Bounded.fixed(checks),
                Bounded.fixed(sends),
                channels,
                Policy.DEFAULT.ringTime());
    }

    private static Terms terms(int codeLength, int checks, int sends, List<PlannedChannel> channels) {
        return new Terms(codeLength, Duration.ofSeconds(120), checks, sends, channels, Duration.ofMillis(1500));
    }
}
