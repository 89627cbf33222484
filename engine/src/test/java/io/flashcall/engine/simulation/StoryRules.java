package io.flashcall.engine.simulation;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallEvent.Trying;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Also183;
import io.flashcall.engine.RingPolicy.EarlyMedia;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.simulation.CallWitness.Reply;
import java.util.HashSet;

/// Judges what was reported of a call by what went in and out for it.
final class StoryRules {

    private final Conditions conditions;
    private final long phase;
    private final OutcomeRules outcomes;

    StoryRules(Conditions conditions) {
        this.conditions = conditions;
        phase = conditions.phase();
        outcomes = new OutcomeRules(conditions);
    }

    void judge(CallWitness call) {
        judgePlaced(call);
        judgeTrying(call);
        judgeRinging(call);
        judgeHangingUp(call);
        outcomes.judge(call);
    }

    void judgeOrder(CallWitness call) {
        long ends = call.events.stream().filter(Ended.class::isInstance).count();
        require(ends == 1, call, "every accepted call ends once: " + ends);
        require(call.events.getLast() instanceof Ended, call, "the last event is the end");
        var kinds = new HashSet<Class<?>>();
        long before = call.acceptedAt;
        for (int i = 0; i < call.events.size(); i++) {
            var stamp = call.events.get(i).stamp();
            require(stamp.sequence() == i, call, "event numbers have no gap: #" + stamp.sequence() + " at " + i);
            require(kinds.add(call.events.get(i).getClass()), call, "each kind of event comes at most once");
            require(stamp.reference().equals(call.order.reference()), call, "each event echoes the reference");
            require(stamp.nanos() - phase >= before, call, "events are in the order of their times");
            require(i == 0 || mayFollow(call, call.events.get(i - 1), call.events.get(i)), call, "events are in order");
            before = stamp.nanos() - phase;
        }
    }

    private boolean mayFollow(CallWitness call, CallEvent first, CallEvent second) {
        boolean crossing = first instanceof HangingUp
                && second instanceof Ringing
                && second.stamp().nanos() - phase >= call.cancelledAt();
        return rank(first) < rank(second) || crossing;
    }

    private static int rank(CallEvent event) {
        return switch (event) {
            case Placed _ -> 0;
            case Trying _ -> 1;
            case Ringing _ -> 2;
            case HangingUp _ -> 3;
            case Ended _ -> 4;
        };
    }

    private void judgePlaced(CallWitness call) {
        require(
                call.at(Placed.class, phase) == call.invitedAt(),
                call,
                "placed is reported when the INVITE is sent, and then alone");
    }

    private void judgeTrying(CallWitness call) {
        boolean heard = !call.replies.isEmpty() && call.replies.getFirst().at() <= call.endedAt(phase);
        boolean tries = heard && !call.replies.getFirst().isFinal() && !rings(call, call.replies.getFirst());
        long expected = tries ? call.replies.getFirst().at() : Schedule.NEVER;
        require(call.at(Trying.class, phase) == expected, call, "trying is the first provisional that is not ringing");
    }

    /// Whether this provisional is ringing at once.
    private boolean rings(CallWitness call, Reply reply) {
        return reply.status() == 180 || (reply.status() == 183 && policy(call) instanceof Also183);
    }

    private RingPolicy policy(CallWitness call) {
        return conditions.trunk(call.order.trunk()).calls().ringPolicy();
    }

    private void judgeRinging(CallWitness call) {
        long told = call.rangAt(phase);
        long heard = call.provisionals().stream()
                .filter(reply -> rings(call, reply) && reply.at() <= call.endedAt(phase))
                .mapToLong(Reply::at)
                .findFirst()
                .orElse(Schedule.NEVER);
        long assumed = assumedRinging(call);
        long slack = conditions.slack();
        boolean byTime = assumed != Schedule.NEVER && told >= assumed && told <= assumed + slack && told <= heard;
        if (told == Schedule.NEVER) {
            long soonest = Math.min(Math.min(call.firstFinalAt(), call.cancelledAt()), call.endedAt(phase));
            boolean due = assumed != Schedule.NEVER && assumed + slack < soonest;
            require(heard == Schedule.NEVER && !due, call, "ringing that is heard is reported");
        } else {
            require(told == heard || byTime, call, "ringing is reported when it is heard, never without");
        }
    }

    /// When the phone is taken to ring because of a 183, if nothing else happens.
    private long assumedRinging(CallWitness call) {
        return switch (policy(call)) {
            case Only180 _, Also183 _, EarlyMedia _ -> Schedule.NEVER;
            case After183(var delay) -> {
                long since = call.provisionals().stream()
                        .filter(reply -> reply.status() == 183)
                        .mapToLong(Reply::at)
                        .findFirst()
                        .orElse(Schedule.NEVER);
                long at = since == Schedule.NEVER ? since : since + delay.toNanos();
                boolean early = at < call.hungUpAt && at < call.invitedAt() + call.order.setupNanos();
                yield early ? at : Schedule.NEVER;
            }
        };
    }

    private void judgeHangingUp(CallWitness call) {
        long done = Math.min(call.cancelledAt(), call.firstByeAt());
        long expected = done <= call.endedAt(phase) ? done : Schedule.NEVER;
        require(
                call.at(HangingUp.class, phase) == expected,
                call,
                "hanging up is reported when the first CANCEL or BYE is sent");
        call.event(HangingUp.class).flatMap(HangingUp::late).ifPresent(late -> {
            long due = call.cancelledAt() - late.toNanos();
            long rang = call.rangAt(phase);
            require(due == rang + call.order.ringNanos(), call, "lateness counts from the end of the ring time");
        });
    }

    private static void require(boolean holds, CallWitness call, String sentence) {
        Rule.require(holds, call.toString(), sentence);
    }
}
