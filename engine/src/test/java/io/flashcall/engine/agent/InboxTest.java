package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.OTHER_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.required;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InboxTest {

    private final Inbox inbox = new Inbox();

    @Test
    void messages_come_out_in_order_as_they_were_whatever_becomes_of_the_bytes() {
        byte[] bytes = "first".getBytes(StandardCharsets.US_ASCII);
        assertThat(inbox.offer(bytes, 5, CARRIER, true)).isTrue();
        bytes[0] = 'F';
        assertThat(inbox.offer(bytes, 2, OTHER_TRUNK, false)).isTrue();
        var first = required(inbox.poll());
        assertThat(new String(first.bytes(), 0, first.length(), StandardCharsets.US_ASCII))
                .isEqualTo("first");
        assertThat(first.peer().same(CARRIER)).isTrue();
        assertThat(first.isReceived()).isTrue();
        var second = required(inbox.poll());
        assertThat(second.length()).isEqualTo(2);
        assertThat(second.peer().same(OTHER_TRUNK)).isTrue();
        assertThat(second.isReceived()).isFalse();
        assertThat(inbox.poll()).isNull();
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void a_long_message_finds_room() {
        byte[] bytes = new byte[16_384];
        bytes[16_383] = 7;
        assertThat(inbox.offer(bytes, bytes.length, CARRIER, true)).isTrue();
        var parcel = required(inbox.poll());
        assertThat(parcel.length()).isEqualTo(16_384);
        assertThat(parcel.bytes()[16_383]).isEqualTo((byte) 7);
    }

    @Test
    void a_parcel_that_has_held_a_long_message_does_not_stay_long() {
        assertThat(inbox.offer(new byte[60_000], 60_000, CARRIER, true)).isTrue();
        var parcel = required(inbox.poll());
        inbox.recycle(parcel);
        assertThat(parcel.bytes().length).isLessThan(10_000);
    }

    @Test
    void a_full_one_takes_nothing_until_one_is_given_back() {
        for (int i = 0; i < Inbox.PARCELS; i++) {
            assertThat(inbox.offer(new byte[1], 1, CARRIER, true)).isTrue();
        }
        assertThat(inbox.offer(new byte[1], 1, CARRIER, true)).isFalse();
        inbox.recycle(required(inbox.poll()));
        assertThat(inbox.offer(new byte[1], 1, CARRIER, true)).isTrue();
    }

    @Test
    void a_message_on_its_way_through_allocates_nothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bytes = new byte[600];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 40 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                inbox.offer(bytes, bytes.length, CARRIER, true);
                inbox.recycle(required(inbox.poll()));
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
