package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.agent.EventCell.Kind;
import io.flashcall.engine.call.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class EventPumpTest {

    private final List<CallEvent> delivered = new CopyOnWriteArrayList<>();
    private final LiveReferences live = new LiveReferences();
    private final EventQueue first = new EventQueue(64);
    private final EventQueue second = new EventQueue(64);
    private final AtomicInteger faults = new AtomicInteger();
    private final EventPump pump = new EventPump(this::listen, live);

    private void listen(CallEvent event) {
        delivered.add(event);
        if (faults.getAndDecrement() > 0) {
            throw new IllegalStateException("a listener that fails");
        }
    }

    @AfterEach
    void stop() {
        pump.stop();
    }

    @Test
    void a_user_agent_whose_queue_never_empties_does_not_keep_the_others_waiting() {
        var endless = new EventQueue(1 << 16);
        for (int i = 0; i < 1_000; i++) {
            publish(endless, "busy", i);
        }
        publish(second, "patient", 0);
        pump.start(List.of(endless, second));
        soon().until(() -> delivered.size() == 1_001);
        assertThat(delivered.stream()
                        .map(event -> event.stamp().reference())
                        .toList()
                        .indexOf("patient"))
                .as("how many busy ones came ahead")
                .isLessThan(300);
    }

    @Test
    void each_calls_events_come_in_order() {
        for (int i = 0; i < 5; i++) {
            publish(first, "a", i);
            publish(second, "b", i);
        }
        pump.start(List.of(first, second));
        soon().until(() -> delivered.size() == 10);
        assertThat(sequencesOf("a")).containsExactly(0, 1, 2, 3, 4);
        assertThat(sequencesOf("b")).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void what_comes_while_it_sleeps_wakes_it() {
        pump.start(List.of(first));
        for (int i = 0; i < 100; i++) {
            publish(first, "a", i);
            pump.wake();
            int expected = i + 1;
            soon().until(() -> delivered.size() == expected);
        }
        soon().until(() -> first.credits() == 64);
    }

    @Test
    void a_listener_that_fails_loses_that_event_and_no_other() {
        faults.set(2);
        for (int i = 0; i < 5; i++) {
            publish(first, "a", i);
        }
        pump.start(List.of(first));
        soon().until(() -> delivered.size() == 5);
        assertThat(sequencesOf("a")).containsExactly(0, 1, 2, 3, 4);
        soon().until(() -> first.credits() == 64);
    }

    @Test
    void stopping_delivers_what_is_queued_first() {
        pump.start(List.of(first));
        for (int i = 0; i < 50; i++) {
            publish(first, "a", i);
        }
        pump.stop();
        assertThat(delivered).hasSize(50);
    }

    @Test
    void a_reference_is_free_again_before_its_end_is_told() {
        var freeAtTheEnd = new ArrayList<Boolean>();
        live.add("a");
        var asking = new EventPump(_ -> freeAtTheEnd.add(live.add("a")), live);
        publish(first, "a", 0);
        publishEnd(first, "a");
        asking.start(List.of(first));
        asking.stop();
        assertThat(freeAtTheEnd).containsExactly(false, true);
    }

    @Test
    void an_event_tells_what_the_response_said() {
        publishEnd(first, "a");
        pump.start(List.of(first));
        soon().until(() -> delivered.size() == 1);
        assertThat(delivered.getFirst()).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.outcome()).isInstanceOf(Declined.class);
            assertThat(ended.outcome().last().code()).isEqualTo(486);
            assertThat(ended.outcome().last().q850()).hasValue(17);
            assertThat(ended.outcome().last().reason()).isEqualTo("Q.850;cause=17");
        });
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private List<Integer> sequencesOf(String reference) {
        return delivered.stream()
                .filter(event -> event.stamp().reference().equals(reference))
                .map(event -> event.stamp().sequence())
                .toList();
    }

    private static void publish(EventQueue queue, String reference, int sequence) {
        queue.giveBack(-1);
        var cell = queue.next();
        cell.kind = Kind.PLACED;
        ReferencesTest.write(reference, cell);
        cell.sequence = sequence;
        cell.credits = 1;
        cell.clearResponse(0);
        queue.publish(cell);
    }

    private static void publishEnd(EventQueue queue, String reference) {
        queue.giveBack(-1);
        var cell = queue.next();
        cell.kind = Kind.ENDED;
        ReferencesTest.write(reference, cell);
        cell.ending = Ending.BUSY;
        cell.credits = 1;
        cell.clearResponse(486);
        cell.q850 = 17;
        byte[] reason = "xxQ.850;cause=17xx".getBytes(StandardCharsets.US_ASCII);
        cell.reason(reason, 2, reason.length - 4);
        queue.publish(cell);
    }
}
