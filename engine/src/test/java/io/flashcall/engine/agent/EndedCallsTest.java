package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EndedCallsTest {

    private static final int ROUND = 10_000;
    private static final long LINGER = 32_000_000_000L;
    private static final int MOST_BYTES_EACH = 100;

    private final AgentTelemetry telemetry = new AgentTelemetry();

    @Test
    void a_call_is_found_with_all_that_its_requests_are_made_from() {
        var ended = new EndedCalls(LINGER, 64, telemetry);
        var id = identity(5);
        ended.add(id, 3, 0);
        var found = new WireIdentity();
        assertThat(ended.find(id.key, found, LINGER - 1)).isEqualTo(3);
        assertThat(found).usingRecursiveComparison().isEqualTo(id);
    }

    @Test
    void a_call_that_was_redirected_keeps_its_Request_URI_and_no_other_has_it() {
        var ended = new EndedCalls(LINGER, 1 << 10, telemetry);
        byte[] uri = "sip:1@192.0.2.1".getBytes(StandardCharsets.US_ASCII);
        for (int i = 1; i <= 500; i++) {
            var id = identity(i);
            if (i % 100 == 50) {
                id.target.set(uri, 0, uri.length);
            }
            ended.add(id, 0, 0);
        }
        var found = new WireIdentity();
        for (int i = 1; i <= 500; i++) {
            assertThat(ended.find(identity(i).key, found, 1)).isZero();
            assertThat(found.target.copy()).as("of %d", i).isEqualTo(i % 100 == 50 ? uri : new byte[0]);
        }
    }

    @Test
    void after_the_linger_a_call_is_forgotten() {
        var ended = new EndedCalls(LINGER, 64, telemetry);
        ended.add(identity(5), 0, 0);
        assertThat(ended.find(identity(5).key, new WireIdentity(), LINGER)).isEqualTo(EndedCalls.ABSENT);
    }

    @Test
    void a_call_that_is_forgotten_early_is_counted() {
        var ended = new EndedCalls(LINGER, 64, telemetry);
        for (int i = 1; i <= 64; i++) {
            ended.add(identity(i), 0, 0);
        }
        assertThat(telemetry.get(Metric.ENDED_EVICTED)).isZero();
        ended.add(identity(65), 0, 1);
        assertThat(telemetry.get(Metric.ENDED_EVICTED)).isOne();
        ended.add(identity(66), 0, LINGER + 1);
        assertThat(telemetry.get(Metric.ENDED_EVICTED)).as("its time was over").isOne();
    }

    /// Growth moves every column alike, whatever the ring's turn when it happens.
    @Test
    void each_call_keeps_its_own_columns_while_the_table_turns_and_grows() {
        var random = new Random(11);
        var ended = new EndedCalls(LINGER, 1 << 14, telemetry);
        long now = 0;
        long oldest = 0;
        long newest = 0;
        var found = new WireIdentity();
        for (int step = 0; step < 200; step++) {
            int arrivals = random.nextInt(1 + step);
            for (int i = 0; i < arrivals; i++) {
                ended.add(identity(++newest), (int) (newest % 7), now);
            }
            now += LINGER / 20;
            while (oldest < newest && ended.find(identity(oldest + 1).key, found, now) == EndedCalls.ABSENT) {
                oldest++;
            }
            assertThat(ended.size()).isEqualTo((int) (newest - oldest));
            for (long n = oldest + 1; n <= newest; n++) {
                var expected = identity(n);
                if (ended.find(expected.key, found, now) != n % 7) {
                    throw new AssertionError("call " + n + " has another's trunk in step " + step);
                }
                if (!isSame(found, expected)) {
                    throw new AssertionError("call " + n + " has another's columns in step " + step);
                }
            }
        }
        assertThat(newest).isGreaterThan(8_192);
    }

    @Test
    void a_call_takes_no_more_than_a_hundred_bytes_however_many_there_are() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int calls : new int[] {70_000, 131_073, 250_000}) {
            long before = threads.getCurrentThreadAllocatedBytes();
            var full = new EndedCalls(LINGER, 1 << 20, telemetry);
            var id = new WireIdentity();
            for (int i = 0; i < calls; i++) {
                id.key = (long) i << Byte.SIZE;
                full.add(id, 0, 0);
            }
            // What indices have been outgrown is counted too.
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(full.size()).isEqualTo(calls);
            assertThat(allocated / calls).as("of %s", calls).isBetween(56L, (long) MOST_BYTES_EACH);
        }
    }

    @Test
    void in_its_steady_state_it_allocates_nothing() {
        assertThat(leastBytesOfARound(number -> number * LINGER / 20_000)).isZero();
    }

    /// As after each moment in which the loop had no time: what is over leaves at once.
    @Test
    void when_calls_end_in_bursts_it_allocates_nothing_either() {
        assertThat(leastBytesOfARound(number -> (number - 1) / ROUND * LINGER)).isZero();
    }

    /// @param endedAt when the call of that number ended, from 1 on
    private long leastBytesOfARound(LongUnaryOperator endedAt) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var ended = new EndedCalls(LINGER, 1 << 20, telemetry);
        var id = new WireIdentity();
        long least = Long.MAX_VALUE;
        long number = 0;
        for (int round = 0; round < 40; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUND; i++) {
                id.key = ++number << Byte.SIZE;
                ended.add(id, 0, endedAt.applyAsLong(number));
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static boolean isSame(WireIdentity one, WireIdentity other) {
        return one.key == other.key
                && one.branchNonce == other.branchNonce
                && one.tagNonce == other.tagNonce
                && one.from == other.from
                && one.to == other.to
                && one.cseq == other.cseq;
    }

    private static WireIdentity identity(long n) {
        var id = new WireIdentity();
        id.key = n * 0x1_0000_0100L;
        id.branchNonce = n * 3;
        id.tagNonce = n * 5;
        id.from = n * 7;
        id.to = n * 11;
        id.cseq = (int) n + 1;
        return id;
    }
}
