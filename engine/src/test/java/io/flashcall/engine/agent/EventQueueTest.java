package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.flashcall.engine.agent.EventCell.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventQueueTest {

    private static final int FIVE = EventQueue.EVENTS_PER_CALL;

    @Test
    void a_call_reserves_room_for_all_the_events_that_it_can_have() {
        var queue = new EventQueue(12);
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.reserve()).isTrue();
        assertThat(queue.credits()).isEqualTo(2);
        assertThat(queue.reserve()).as("2 left are too few").isFalse();
        assertThat(queue.credits()).isEqualTo(2);
        queue.giveBack(FIVE);
        assertThat(queue.reserve()).isTrue();
    }

    @Test
    void there_is_a_credit_for_each_kind_of_event() {
        assertThat(FIVE).isEqualTo(5).isEqualTo(Kind.values().length);
    }

    @Test
    void events_come_out_in_the_order_they_went_in_and_give_back_their_room_when_they_were_consumed() {
        var queue = new EventQueue(8);
        queue.reserve();
        publish(queue, 1, 1);
        publish(queue, 2, 4);
        assertThat(queue.credits()).as("the consumer is behind").isEqualTo(3);
        var first = required(queue.poll());
        var second = required(queue.poll());
        assertThat(queue.poll()).isNull();
        assertThat(first.sequence).isEqualTo(1);
        assertThat(second.sequence).isEqualTo(2);
        queue.recycle(first);
        assertThat(queue.credits()).isEqualTo(4);
        queue.recycle(second);
        assertThat(queue.credits()).isEqualTo(8);
    }

    @Test
    void a_recycled_cell_is_used_again_and_remembers_no_reference() {
        var queue = new EventQueue(8);
        queue.reserve();
        var cell = publish(queue, 0, 5);
        ReferencesTest.write("a session", cell);
        queue.recycle(required(queue.poll()));
        assertThat(ReferencesTest.read(cell)).isEmpty();
        assertThat(queue.next()).isSameAs(cell);
        assertThat(queue.next()).isNotSameAs(cell);
    }

    @Test
    void publishing_without_a_reservation_is_a_fault_and_says_so() {
        var queue = new EventQueue(8);
        for (int i = 0; i < 8; i++) {
            publish(queue, i, 1);
        }
        assertThatIllegalStateException().isThrownBy(() -> publish(queue, 8, 1)).withMessageContaining("full");
    }

    /// Calls come, have between one and five events, and end; the consumer takes what it likes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_never_overflows_and_in_the_end_all_room_is_back(long seed) {
        var random = new Random(seed);
        int capacity = 8 + random.nextInt(60);
        var queue = new EventQueue(capacity);
        int[] eventsOfCall = new int[64];
        Arrays.fill(eventsOfCall, -1);
        var polled = new ArrayDeque<EventCell>();
        for (int step = 0; step < 100_000; step++) {
            int call = random.nextInt(eventsOfCall.length);
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (eventsOfCall[call] < 0 && queue.reserve()) {
                        eventsOfCall[call] = 0;
                    }
                }
                case 1 -> {
                    if (eventsOfCall[call] >= 0) {
                        boolean last = eventsOfCall[call] == FIVE - 1 || random.nextBoolean();
                        int sent = eventsOfCall[call];
                        publish(queue, sent, last ? FIVE - sent : 1);
                        eventsOfCall[call] = last ? -1 : sent + 1;
                    }
                }
                default -> {
                    var cell = queue.poll();
                    if (cell != null) {
                        polled.add(cell);
                    }
                    if (!polled.isEmpty() && random.nextBoolean()) {
                        queue.recycle(polled.remove());
                    }
                }
            }
            assertThat(queue.credits()).as("seed %s, step %s", seed, step).isBetween(0, capacity);
        }
        for (int call = 0; call < eventsOfCall.length; call++) {
            if (eventsOfCall[call] >= 0) {
                publish(queue, eventsOfCall[call], FIVE - eventsOfCall[call]);
            }
        }
        polled.forEach(queue::recycle);
        for (var cell = queue.poll(); cell != null; cell = queue.poll()) {
            queue.recycle(cell);
        }
        assertThat(queue.credits()).as("seed %s", seed).isEqualTo(capacity);
    }

    private static EventCell publish(EventQueue queue, int sequence, int credits) {
        var cell = queue.next();
        cell.sequence = sequence;
        cell.credits = credits;
        queue.publish(cell);
        return cell;
    }
}
