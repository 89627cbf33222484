package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flashcall.engine.sip.WireIdentity;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EndedCallsTest {

    private static final long LINGER = 32_000_000_000L;
    private static final int MOST_BYTES_EACH = 100;

    @Test
    void a_call_is_found_with_all_that_its_requests_are_made_from() {
        var ended = new EndedCalls(LINGER, 64);
        var id = identity(5);
        ended.add(id, 3, 0);
        var found = new WireIdentity();
        assertThat(ended.find(id.key, found, LINGER - 1)).isEqualTo(3);
        assertThat(found).usingRecursiveComparison().isEqualTo(id);
    }

    @Test
    void after_the_linger_a_call_is_forgotten() {
        var ended = new EndedCalls(LINGER, 64);
        ended.add(identity(5), 0, 0);
        assertThat(ended.find(identity(5).key, new WireIdentity(), LINGER)).isEqualTo(EndedCalls.ABSENT);
    }

    /// Growth moves every column alike, whatever the ring's turn when it happens.
    @Test
    void each_call_keeps_its_own_columns_while_the_table_turns_and_grows() {
        var random = new Random(11);
        var ended = new EndedCalls(LINGER, 1 << 14);
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
                assertThat(ended.find(expected.key, found, now)).isEqualTo((int) (n % 7));
                assertThat(found).usingRecursiveComparison().isEqualTo(expected);
            }
        }
        assertThat(newest).isGreaterThan(8_192);
    }

    @Test
    void a_call_takes_no_more_than_100_bytes() {
        int calls = 1 << 16;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var full = new EndedCalls(LINGER, calls);
        var id = new WireIdentity();
        for (int i = 0; i < calls / 2; i++) {
            id.key = i;
            full.add(id, 0, 0);
        }
        // What the last doubling allocates is what the table holds from then on.
        long before = threads.getCurrentThreadAllocatedBytes();
        id.key = calls;
        full.add(id, 0, 0);
        long held = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(full.capacity()).isEqualTo(calls);
        assertThat(held / calls).isBetween(40L, (long) MOST_BYTES_EACH);
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
