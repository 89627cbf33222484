package io.flashcall.verification.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.E164;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.routing.Routing.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PrefixRoutingTest {

    private static final E164 LONDON = new E164("442079460123");
    private static final E164 PARIS = new E164("33142685300");

    private static final Route WORLD = route("+", "cheap");
    private static final Route UK_ONE = route("+44", "uk-one");
    private static final Route UK_TWO = route("+44", "uk-two");
    private static final Route LONDON_FIRST = route("+4420", "london");

    private Instant now = Instant.EPOCH;
    private final OutcomeHealth health = new OutcomeHealth(List.of("cheap", "uk-one", "uk-two", "london"));
    private final PrefixRouting routing =
            new PrefixRouting(List.of(WORLD, UK_ONE, LONDON_FIRST, UK_TWO), health, () -> now);

    @Test
    void the_longest_prefix_comes_first_then_the_configured_order() {
        assertThat(routing.routesTo(LONDON))
                .containsExactly(
                        new Choice(LONDON_FIRST, "prefix +4420, 1 of 1"),
                        new Choice(UK_ONE, "prefix +44, 1 of 2"),
                        new Choice(UK_TWO, "prefix +44, 2 of 2"),
                        new Choice(WORLD, "prefix +, 1 of 1"));
        assertThat(routing.routesTo(PARIS)).containsExactly(new Choice(WORLD, "prefix +, 1 of 1"));
    }

    @Test
    void a_destination_that_no_prefix_fits_has_no_route() {
        assertThat(new PrefixRouting(List.of(UK_ONE), health, () -> now).routesTo(PARIS))
                .isEmpty();
        assertThat(new PrefixRouting(List.of(UK_ONE), health, () -> now).whyNone(PARIS))
                .isEqualTo("no route to this number");
    }

    @Test
    void routes_can_be_exchanged() {
        routing.use(List.of(UK_TWO));
        assertThat(routing.routes()).containsExactly(UK_TWO);
        assertThat(routing.routesTo(LONDON)).containsExactly(new Choice(UK_TWO, "prefix +44, 1 of 1"));
        assertThat(routing.routesTo(PARIS)).isEmpty();
    }

    @Test
    void a_trunk_that_is_down_is_left_out_and_the_next_choice_says_why() {
        health.onOutcome("london", overloaded(), now);
        health.onOutcome("uk-two", overloaded(), now);

        assertThat(routing.routesTo(LONDON))
                .containsExactly(
                        new Choice(UK_ONE, "prefix +44, 1 of 2; london is down: overloaded"),
                        new Choice(WORLD, "prefix +, 1 of 1; london is down: overloaded; uk-two is down: overloaded"));

        now = now.plusSeconds(30);
        assertThat(routing.routesTo(LONDON)).hasSize(4);
    }

    @Test
    void where_all_trunks_are_down_there_is_no_route_and_it_is_said_why() {
        health.onOutcome("cheap", overloaded(), now);
        assertThat(routing.routesTo(PARIS)).isEmpty();
        assertThat(routing.whyNone(PARIS)).isEqualTo("cheap is down: overloaded");
    }

    @Test
    void of_all_who_ask_one_finds_out_whether_a_silent_first_choice_is_back() {
        fallSilent("london");
        now = now.plusSeconds(10);

        assertThat(routing.routesTo(LONDON).getFirst().route()).isEqualTo(LONDON_FIRST);
        assertThat(routing.routesTo(LONDON).getFirst())
                .isEqualTo(new Choice(UK_ONE, "prefix +44, 1 of 2; london is being tried again"));
    }

    @Test
    void a_further_choice_that_is_due_again_is_no_probe_since_it_may_never_be_called() {
        fallSilent("uk-one");
        now = now.plusSeconds(10);

        for (int i = 0; i < 3; i++) {
            assertThat(routing.routesTo(LONDON).get(1).route()).isEqualTo(UK_ONE);
        }
        assertThat(health.mayTry("uk-one", now)).isTrue();
    }

    @Test
    void all_routes_are_told_in_the_configured_order() {
        assertThat(routing.routes()).containsExactly(WORLD, UK_ONE, LONDON_FIRST, UK_TWO);
    }

    private void fallSilent(String trunk) {
        for (int i = 0; i < 5; i++) {
            health.onOutcome(trunk, new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()), now);
        }
    }

    private static Failed overloaded() {
        return new Failed(FailureCause.OVERLOADED, SipStatus.NONE, Optional.of(Duration.ofSeconds(30)));
    }

    private static Route route(String prefix, String trunk) {
        return new Route(prefix, trunk, "pool", Optional.empty(), false);
    }
}
