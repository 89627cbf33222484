package io.flashcall.engine.simulation;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallId;
import io.flashcall.engine.agent.SimulatedAgent.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be known of one accepted call without looking into the agent: what was sent for it, what reached it, what
/// was asked, what it reported, and when.
final class CallWitness {

    /// A response to the INVITE that the agent got and has to believe.
    record Reply(long at, Message message) {

        int status() {
            return message.status();
        }

        boolean isFinal() {
            return status() >= 200;
        }

        boolean isAnswer() {
            return status() >= 200 && status() < 300;
        }
    }

    /// A request that is sent until it is answered.
    static final class Sendings {
        final Message first;
        final List<Long> times = new ArrayList<>();
        long answeredAt = Schedule.NEVER;
        boolean proceeding;

        Sendings(Message first) {
            this.first = first;
        }

        void onResponse(int status, long now) {
            proceeding |= status < 200;
            answeredAt = status < 200 ? answeredAt : Math.min(answeredAt, now);
        }
    }

    final CallId id;
    final Order order;
    final long acceptedAt;
    final List<Reply> replies = new ArrayList<>();
    final Map<String, Sendings> byes = new LinkedHashMap<>();
    final List<CallEvent> events = new ArrayList<>();

    @Nullable Sendings invite;

    @Nullable Sendings cancel;

    long hungUpAt = Schedule.NEVER;
    boolean neverLeft;
    long abortedAt = Schedule.NEVER;

    CallWitness(CallId id, Order order, long acceptedAt) {
        this.id = id;
        this.order = order;
        this.acceptedAt = acceptedAt;
    }

    /// Whether a response is to this call's INVITE or CANCEL, by all that tells them from a guess.
    boolean isEchoedBy(Message response) {
        return invite != null
                && response.isSound()
                && response.branch().equals(invite.first.branch())
                && response.fromTag().equals(invite.first.fromTag())
                && response.cseq() == invite.first.cseq();
    }

    Optional<Reply> firstFinal() {
        return replies.stream().filter(Reply::isFinal).findFirst();
    }

    long firstFinalAt() {
        return firstFinal().map(Reply::at).orElse(Schedule.NEVER);
    }

    /// The provisionals before any final, in order.
    List<Reply> provisionals() {
        return replies.stream().takeWhile(reply -> !reply.isFinal()).toList();
    }

    List<Reply> answers() {
        return replies.stream().filter(Reply::isAnswer).toList();
    }

    /// The first answer of that fork.
    Optional<Reply> answerOf(String toTag) {
        return answers().stream()
                .filter(reply -> reply.message().toTag().equals(toTag))
                .findFirst();
    }

    long invitedAt() {
        return invite == null ? Schedule.NEVER : invite.times.getFirst();
    }

    long cancelledAt() {
        return cancel == null ? Schedule.NEVER : cancel.times.getFirst();
    }

    long firstByeAt() {
        return byes.values().stream()
                .mapToLong(bye -> bye.times.getFirst())
                .min()
                .orElse(Schedule.NEVER);
    }

    <T extends CallEvent> Optional<T> event(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /// In the universe's time; never if it has not happened.
    long at(Class<? extends CallEvent> kind, long phase) {
        return event(kind).map(event -> event.stamp().nanos() - phase).orElse(Schedule.NEVER);
    }

    long endedAt(long phase) {
        return at(Ended.class, phase);
    }

    long rangAt(long phase) {
        return at(Ringing.class, phase);
    }

    /// Whether the engine closed before this call was over. Such a call ends, is remembered, and that is all.
    boolean isAborted(long phase) {
        boolean reportedEarly = replies.isEmpty() || replies.getFirst().at() > endedAt(phase);
        return abortedAt != Schedule.NEVER && (abortedAt <= endedAt(phase) || reportedEarly);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
