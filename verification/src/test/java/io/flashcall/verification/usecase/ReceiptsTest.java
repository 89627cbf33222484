package io.flashcall.verification.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.SentMessages;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Receipts find the sessions that they are about.
class ReceiptsTest {

    private static final ChannelName SMS = new ChannelName("sms");

    private final Scene scene = new Scene();
    private final Memory sent = new Memory();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<ChannelName> lost = new ArrayList<>();
    private final Receipts receipts = new Receipts(sent, scene.changes, later::add, lost::add);

    @Test
    void a_receipt_goes_to_the_attempt_whose_message_it_names() {
        var session = sentMessage();
        receipts.sent(parts(session, "abc"));

        receipts.received(SMS, "abc", Receipt.State.DELIVERED, "stat:DELIVRD");

        assertThat(scene.timeline(session)).endsWith("message.delivered");
    }

    @Test
    void a_message_of_parts_has_arrived_when_all_of_them_have() {
        var session = sentMessage();
        receipts.sent(parts(session, "abc", "def"));

        receipts.received(SMS, "def", Receipt.State.DELIVERED, "");
        assertThat(scene.timeline(session)).doesNotContain("message.delivered");

        receipts.received(SMS, "abc", Receipt.State.DELIVERED, "");
        assertThat(scene.timeline(session)).endsWith("message.delivered");
    }

    @Test
    void a_receipt_that_is_faster_than_the_answer_which_names_its_message_waits_for_it() {
        var session = sentMessage();

        receipts.received(SMS, "abc", Receipt.State.DELIVERED, "");
        assertThat(scene.timeline(session)).doesNotContain("message.delivered");

        receipts.sent(parts(session, "abc"));
        Objects.requireNonNull(later.poll()).run();
        assertThat(scene.timeline(session)).endsWith("message.delivered");
    }

    @Test
    void a_channel_with_too_many_that_nobody_knows_is_told_to_repeat_and_no_other_is() {
        var voice = new ChannelName("voice");
        int taken = 0;
        while (receipts.received(SMS, "unknown-" + taken, Receipt.State.DELIVERED, "")) {
            taken++;
        }

        assertThat(taken).isEqualTo(10_000);
        assertThat(later).hasSize(taken);
        assertThat(receipts.received(voice, "unknown", Receipt.State.DELIVERED, ""))
                .isTrue();

        var session = sentMessage();
        receipts.sent(parts(session, "abc"));
        assertThat(receipts.received(SMS, "abc", Receipt.State.DELIVERED, "")).isTrue();
    }

    @Test
    void a_provider_may_name_the_session_itself() {
        var session = sentMessage();

        assertThat(receipts.received(session, 2, Receipt.State.FAILED, "")).isTrue();
        assertThat(receipts.received(session, 3, Receipt.State.FAILED, "")).isFalse();

        assertThat(scene.session(session).attempts().get(1).isLost()).isTrue();
    }

    /// A session whose call was declined and whose SMS, attempt 2, was accepted.
    private SessionId sentMessage() {
        var id = scene.started(Scene.PHONE).id();
        scene.ends(id, new CallOutcome.Declined(DeclineCause.BUSY, new SipStatus(486, -1, "")));
        assertThat(scene.timeline(id)).endsWith("message.accepted");
        return id;
    }

    private List<SentMessages.Part> parts(SessionId session, String... ids) {
        return Arrays.stream(ids)
                .map(id -> new SentMessages.Part(
                        SMS, id, session, 2, Arrays.asList(ids).indexOf(id) + 1, scene.now))
                .toList();
    }

    private static final class Memory implements SentMessages {

        private final Map<String, Part> parts = new LinkedHashMap<>();
        private final Map<String, Receipt.State> states = new LinkedHashMap<>();

        @Override
        public void note(List<Part> sent) {
            sent.forEach(part -> parts.put(part.id(), part));
        }

        @Override
        public Optional<Standing> settle(ChannelName channel, String id, Receipt.State state) {
            var named = parts.get(id);
            if (named == null) {
                return Optional.empty();
            }
            states.put(id, state);
            var all = parts.values().stream()
                    .map(part -> Optional.ofNullable(states.get(part.id())))
                    .toList();
            return Optional.of(new Standing(named.session(), named.attempt(), all));
        }

        @Override
        public int forget(Instant before) {
            throw new UnsupportedOperationException();
        }
    }
}
