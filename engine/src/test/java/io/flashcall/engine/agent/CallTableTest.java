package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.capture.TraceListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallTableTest {

    private final AgentFixture the = new AgentFixture(3, TraceListener.NONE);
    private final CallTable table = the.calls;

    @Test
    void all_slots_can_be_taken_once_and_given_back() {
        var taken = new ArrayList<CallSlot>();
        for (var slot = table.acquire(); slot != null; slot = table.acquire()) {
            taken.add(slot);
        }
        assertThat(taken).hasSize(3).doesNotHaveDuplicates();
        assertThat(table.live()).isEqualTo(3);
        taken.forEach(table::giveBack);
        assertThat(table.live()).isZero();
    }

    @Test
    void a_call_is_found_by_its_key_and_by_no_other() {
        var slot = the.place();
        long key = slot.liveKey();
        assertThat(table.find(key)).isSameAs(slot);
        assertThat(table.liveKeys()).isEqualTo(List.of(key));
        assertThat(table.find(CallKey.withLeg(key, CallKey.BYE))).isNull();
        assertThat(table.find(key + (1L << 8))).as("another generation").isNull();
        assertThat(table.find(key + (1L << 32))).as("another slot").isNull();
        assertThat(table.find(key | (7L << 32))).as("a slot beyond the table").isNull();
        assertThat(table.find(key + (1L << 56))).as("another agent").isNull();
        assertThat(table.find(CallSlot.VACANT)).isNull();
        Sent invite = the.sentOne();
        the.receives(invite.answer("486 Busy Here", "a"));
        assertThat(table.find(key)).isNull();
        assertThat(table.liveKeys()).isEmpty();
    }

    @Test
    void no_call_ever_has_the_key_of_a_vacant_slot() {
        var slot = AgentFixture.required(table.acquire());
        assertThat(slot.index).isZero();
        long last = CallSlot.VACANT;
        for (int i = 0; i < (1 << 24) + 2; i++) {
            long key = table.nextKey(slot);
            if (key == CallSlot.VACANT || key == last) {
                throw new AssertionError("key " + key + " after " + i + " calls");
            }
            last = key;
        }
    }

    @Test
    void a_slot_is_others_only_when_the_cycle_is_over() {
        var slot = the.place();
        Sent invite = the.sentOne();
        the.agent.beginCycle(the.now());
        byte[] bytes = invite.answer("486 Busy Here", "a").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        the.agent.onDatagram(bytes, bytes.length, AgentFixture.CARRIER);
        assertThat(slot.liveKey()).isEqualTo(CallSlot.VACANT);
        assertThat(table.live()).isEqualTo(1);
        the.agent.endCycle();
        assertThat(table.live()).isZero();
    }
}
