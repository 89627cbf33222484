package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostGateTest {

    private static final long A_LITTLE = 1_000_000;
    private static final long LONG = 30_000_000_000L;

    private final HostGate gate = new HostGate();

    @Test
    void one_is_in_at_a_time_and_hosts_do_not_hold_up_each_other() throws InterruptedException {
        assertThat(gate.enter("a", A_LITTLE)).isTrue();
        assertThat(gate.enter("a", A_LITTLE)).isFalse();
        assertThat(gate.enter("b", A_LITTLE)).isTrue();

        gate.leave("a");
        assertThat(gate.enter("a", A_LITTLE)).isTrue();
    }

    @Test
    void who_waits_comes_in_when_the_other_leaves() throws Exception {
        gate.enter("a", A_LITTLE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> entering = () -> gate.enter("a", LONG);
            var waiting = threads.submit(entering);
            gate.leave("a");

            assertThat(waiting.get()).isTrue();
        }
    }
}
