package io.flashcall.engine.trunk.dns;

import static io.flashcall.engine.SipTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocatedTest {

    private static final int DRAWS = 5_000;

    private final RandomGenerator random = new Random(2782);

    @Test
    void calls_are_shared_by_weight_among_the_first_priority() {
        var located = located(target(1, 10, 60), target(2, 10, 30), target(3, 10, 10), target(4, 20, 1000));
        assertThat(share(located, 1)).isCloseTo(0.60, within(0.02));
        assertThat(share(located, 2)).isCloseTo(0.30, within(0.02));
        assertThat(share(located, 3)).isCloseTo(0.10, within(0.02));
        assertThat(share(located, 4)).isZero();
    }

    @Test
    void the_next_in_order_are_drawn_by_weight_as_well() {
        var located = located(target(1, 10, 98), target(2, 10, 1), target(3, 10, 1), target(4, 20, 0));
        int second = 0;
        for (int i = 0; i < DRAWS; i++) {
            var order = located.drawn(random);
            assertThat(order).hasSize(4).containsAll(located.targets());
            assertThat(order.getLast())
                    .as("a higher priority number waits")
                    .isEqualTo(located.targets().getLast());
            second += order.get(1).equals(located.targets().get(1)) ? 1 : 0;
        }
        assertThat((double) second / DRAWS).as("mostly the one or the other").isBetween(0.4, 0.7);
    }

    @Test
    void weight_0_is_drawn_rarely_but_it_is_drawn() {
        assertThat(share(located(target(1, 0, 99), target(2, 0, 0)), 2)).isCloseTo(0.01, within(0.005));
    }

    @Test
    void where_all_weights_are_0_all_are_equal() {
        assertThat(share(located(target(1, 0, 0), target(2, 0, 0)), 1)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void the_order_of_equals_makes_no_other_set() {
        var one = located(target(1, 0, 1), target(2, 0, 1));
        assertThat(one.sameTargets(located(target(2, 0, 1), target(1, 0, 1)))).isTrue();
        assertThat(one.sameTargets(located(target(1, 0, 1)))).isFalse();
        assertThat(one.sameTargets(located(target(1, 0, 1), target(2, 0, 2)))).isFalse();
        assertThat(one.sameTargets(located(target(1, 0, 1), target(2, 1, 1)))).isFalse();
    }

    @Test
    void an_empty_set_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(LocatedTest::located)
                .withMessage("targets: [] (expected: 1 to 32)");
    }

    private double share(Located located, int host) {
        int first = 0;
        for (int i = 0; i < DRAWS; i++) {
            first += located.drawn(random).getFirst().address().getAddress().getAddress()[3] == host ? 1 : 0;
        }
        return (double) first / DRAWS;
    }

    private static LocatedTarget target(int host, int priority, int weight) {
        var address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + host), 5060);
        return new LocatedTarget(address, UDP, priority, weight);
    }

    private static Located located(LocatedTarget... targets) {
        return new Located(List.of(targets), Duration.ofMinutes(1), Optional.empty());
    }
}
