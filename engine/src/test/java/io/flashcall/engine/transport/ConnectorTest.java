package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.transport.Connector.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The machine with a hand-driven clock that starts near its overflow, as `System.nanoTime` may.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectorTest {

    private static final long MILLI = 1_000_000L;
    private static final StreamClosed RESET = new StreamClosed(CloseReason.RESET, "test");
    private static final RandomGenerator ALWAYS_MOST = () -> -1L;
    private static final RandomGenerator ALWAYS_LEAST = () -> 0L;

    private final List<String> acts = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5_000 * MILLI;
    private Connector connector = connector(ALWAYS_MOST);

    @Test
    void nothing_happens_until_it_is_wanted() {
        assertThat(connector.state()).isEqualTo(State.IDLE);
        assertThat(connector.nextAt()).isEqualTo(Long.MAX_VALUE);
        connector.advance(now);
        assertThat(acts).isEmpty();
    }

    @Test
    void it_opens_once_however_often_it_is_wanted() {
        connector.want();
        connector.want();
        assertThat(connector.state()).isEqualTo(State.CONNECTING);
        connector.onConnected(now);
        connector.want();
        assertThat(connector.state()).isEqualTo(State.UP);
        assertThat(acts).containsExactly("open");
    }

    @Test
    void the_wait_after_each_failure_doubles_up_to_the_longest() {
        connector.want();
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            waits.add(failAndRetry());
        }
        assertThat(waits).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
        assertThat(acts).hasSize(10).containsOnly("open");
    }

    @Test
    void a_wait_is_half_as_long_at_least() {
        connector = connector(ALWAYS_LEAST);
        connector.want();
        assertThat(failAndRetry()).isEqualTo(250);
        assertThat(failAndRetry()).isEqualTo(500);
    }

    @Test
    void wanting_it_does_not_shorten_a_wait() {
        connector.want();
        connector.onClosed(now);
        connector.want();
        pass(499);
        assertThat(connector.state()).isEqualTo(State.BACKING_OFF);
        pass(1);
        assertThat(connector.state()).isEqualTo(State.CONNECTING);
    }

    @Test
    void a_connection_that_breaks_soon_lets_the_waits_grow() {
        connector.want();
        assertThat(failAndRetry()).isEqualTo(500);
        connector.onConnected(now);
        pass(59_999);
        assertThat(failAndRetry()).isEqualTo(1_000);
    }

    @Test
    void a_connection_that_stood_for_a_minute_lets_the_waits_begin_anew() {
        connector.want();
        failAndRetry();
        failAndRetry();
        connector.onConnected(now);
        pass(60_000);
        assertThat(failAndRetry()).isEqualTo(500);
    }

    @Test
    void a_keep_alive_goes_out_every_interval() {
        up();
        pass(29_999);
        assertThat(acts).isEmpty();
        pass(1);
        assertThat(acts).containsExactly("ping");
        pass(30_000);
        assertThat(acts).containsExactly("ping", "ping");
    }

    @Test
    void a_keep_alive_goes_out_after_four_fifths_of_the_interval_at_the_earliest() {
        connector = connector(ALWAYS_LEAST);
        up();
        pass(23_999);
        assertThat(acts).isEmpty();
        pass(1);
        assertThat(acts).containsExactly("ping");
    }

    @Test
    void a_peer_that_never_answers_is_not_cut_off() {
        up();
        for (int i = 0; i < 100; i++) {
            pass(10_000);
        }
        assertThat(connector.state()).isEqualTo(State.UP);
        assertThat(acts).hasSize(33).containsOnly("ping");
    }

    @Test
    void a_peer_that_answered_before_has_ten_seconds() {
        up();
        pass(30_000);
        connector.onPong();
        pass(30_000);
        acts.clear();
        pass(9_999);
        assertThat(acts).isEmpty();
        pass(1);
        assertThat(acts).containsExactly("close KEEP_ALIVE_LOST");
        assertThat(connector.state()).isEqualTo(State.BACKING_OFF);
    }

    @Test
    void whatever_comes_after_a_ping_shows_that_the_peer_lives() {
        up();
        pass(30_000);
        connector.onPong();
        pass(30_000);
        connector.onReceived();
        pass(29_999);
        assertThat(connector.state()).isEqualTo(State.UP);
        pass(1);
        pass(10_000);
        assertThat(acts).endsWith("ping", "close KEEP_ALIVE_LOST");
    }

    @Test
    void what_a_peer_did_on_its_last_connection_says_nothing_of_this_one() {
        up();
        pass(30_000);
        connector.onPong();
        failAndRetry();
        connector.onConnected(now);
        pass(30_000);
        pass(29_999);
        assertThat(connector.state()).isEqualTo(State.UP);
    }

    @Test
    void released_it_closes_and_does_not_come_back() {
        up();
        connector.release(RESET);
        assertThat(acts).containsExactly("close RESET");
        assertThat(connector.state()).isEqualTo(State.IDLE);
        assertThat(connector.nextAt()).isEqualTo(Long.MAX_VALUE);
        connector.want();
        assertThat(connector.state()).isEqualTo(State.CONNECTING);
    }

    @Test
    void released_while_it_waits_it_does_not_try_again() {
        connector.want();
        connector.onClosed(now);
        connector.release(RESET);
        pass(30_000);
        assertThat(connector.state()).isEqualTo(State.IDLE);
        assertThat(acts).containsExactly("open");
    }

    @Test
    void an_end_that_is_told_twice_counts_once() {
        connector.want();
        connector.onClosed(now);
        long retryAt = connector.nextAt();
        connector.onClosed(now);
        assertThat(connector.nextAt()).isEqualTo(retryAt);
    }

    @Test
    void options_that_make_no_sense_are_refused_by_name() {
        var second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LinkOptions(true, second, Duration.ofMillis(999), second, second, second))
                .hasMessage("longBackOff: PT0.999S (expected: PT1S to a day)");
        assertThatThrownBy(() -> new LinkOptions(true, second, second, second, second, Duration.ofMillis(801)))
                .hasMessage("pongTimeout: PT0.801S (expected: 1 ms to 80 % of PT1S)");
        assertThatThrownBy(() -> new StreamOptions(Duration.ZERO, second, 1 << 20, second))
                .hasMessage("connectTimeout: PT0S (expected: 1 ms to 24 days)");
        assertThatThrownBy(() -> new StreamOptions(second, second, 1, second))
                .hasMessage("highWaterBytes: 1 (expected: at least 65535)");
    }

    private void up() {
        connector.want();
        connector.onConnected(now);
        acts.clear();
    }

    /// @return how long it waited, in milliseconds, rounded
    private long failAndRetry() {
        connector.onClosed(now);
        assertThat(connector.state()).isEqualTo(State.BACKING_OFF);
        long wait = connector.nextAt() - now;
        now += wait - 1;
        connector.advance(now);
        assertThat(connector.state()).as("a nanosecond early").isEqualTo(State.BACKING_OFF);
        now += 1;
        connector.advance(now);
        assertThat(connector.state()).isEqualTo(State.CONNECTING);
        return Math.round((double) wait / MILLI);
    }

    /// Wakes the machine at the end, and whenever it wants to be.
    private void pass(long millis) {
        long end = now + millis * MILLI;
        while (connector.nextAt() != Long.MAX_VALUE && connector.nextAt() - end <= 0) {
            now = connector.nextAt();
            connector.advance(now);
        }
        now = end;
        connector.advance(now);
    }

    private Connector connector(RandomGenerator random) {
        return new Connector(LinkOptions.DEFAULT, new RecordingPort(), random);
    }

    private final class RecordingPort implements Connector.Port {

        @Override
        public void open() {
            acts.add("open");
        }

        @Override
        public void ping() {
            acts.add("ping");
        }

        @Override
        public void close(StreamClosed why) {
            acts.add("close " + why.reason());
            connector.onClosed(now);
        }
    }
}
