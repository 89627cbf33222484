package io.flashcall.testbed.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.RawCaller;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Numbers that are switched while the carrier runs.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SwitchboardTest {

    private static final Random RANDOM = new Random(1);

    private final Switchboard board = new Switchboard(Dialplan.byNumber());

    private String met(String called) {
        return board.behaviourFor(called, RANDOM).text();
    }

    @Test
    void only_the_number_that_was_switched_meets_something_else_until_it_is_cleared() {
        board.set("+441614960123", Behaviour.parse("busy"));
        assertThat(met("+441614960123")).isEqualTo("busy");
        assertThat(met("441614960123")).isEqualTo("busy");
        assertThat(met("+441614961123")).isEqualTo("ring");
        board.clear("441614960123");
        assertThat(met("+441614960123")).isEqualTo("ring");
    }

    @Test
    void a_number_that_would_be_reflected_is_not_once_it_is_switched() {
        assertThat(board.reflects("+441614960017")).isTrue();
        board.set("+441614960017", Behaviour.parse("ring"));
        assertThat(board.reflects("+441614960017")).isFalse();
    }

    @Test
    void nothing_is_switched_to_reflect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.set("+441614960123", Behaviour.parse("reflect")))
                .withMessageContaining("'reflect'")
                .withMessageContaining("expected");
    }

    @Test
    void the_number_that_was_switched_longest_ago_is_forgotten_beyond_the_bound() {
        var busy = Behaviour.parse("busy");
        for (int i = 0; i <= Switchboard.MOST_NUMBERS; i++) {
            board.set("+4416149%05d".formatted(i) + "123", busy);
        }
        assertThat(met("+441614900000123")).isEqualTo("ring");
        assertThat(met("+441614900001123")).isEqualTo("busy");
    }

    @Test
    void a_running_carrier_does_as_it_is_switched() {
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring").withDialplan(board));
                var first = new RawCaller(carrier.address());
                var second = new RawCaller(carrier.address())) {
            first.invite();
            assertThat(first.await(180).status()).isEqualTo(180);
            board.set("+442079460123", Behaviour.parse("network-blocked:1ms"));
            second.invite();
            var blocked = second.await(603);
            assertThat(blocked.text())
                    .startsWith("SIP/2.0 603 Network Blocked\r\n")
                    .contains("Reason: SIP;cause=603;text=\"v=analytics1;url=https://");
            first.cancel();
            assertThat(first.await(487).status()).isEqualTo(487);
        }
    }
}
