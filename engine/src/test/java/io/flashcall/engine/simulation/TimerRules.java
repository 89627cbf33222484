package io.flashcall.engine.simulation;

import io.flashcall.engine.simulation.CallWitness.Sendings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges when things were sent: retransmissions by timers A and E, and the CANCEL when its time had come.
final class TimerRules {

    private final Conditions conditions;

    TimerRules(Conditions conditions) {
        this.conditions = conditions;
    }

    void judge(CallWitness call) {
        judgeInvite(call);
        judgeCancelTime(call);
        judgeCancel(call);
        call.byes.values().forEach(bye -> judgeBye(call, bye));
    }

    /// Timer A doubles without bound, until something comes back, nobody waits any more, or Timer B (§17.1.1.2).
    private void judgeInvite(CallWitness call) {
        if (call.invite == null) {
            return;
        }
        long began = call.invitedAt();
        long heard = call.neverLeft
                ? began + 1
                : call.replies.isEmpty()
                        ? Schedule.NEVER
                        : call.replies.getFirst().at();
        long patience = began + Math.min(call.order.setupNanos(), conditions.timeout());
        follow(call, call.invite, Long.MAX_VALUE, heard, patience);
    }

    /// Timer E doubles up to T2, until the CANCEL's answer, the INVITE's final, or Timer F.
    private void judgeCancel(CallWitness call) {
        if (call.cancel != null) {
            long over = Math.min(call.cancel.answeredAt, call.firstFinalAt());
            follow(call, call.cancel, conditions.t2(), over, call.cancelledAt() + conditions.timeout());
        }
    }

    private void judgeBye(CallWitness call, Sendings bye) {
        follow(call, bye, conditions.t2(), bye.answeredAt, bye.times.getFirst() + conditions.timeout());
    }

    /// @param most  longest interval
    /// @param heard when it must stop at once
    /// @param over  when it stops by a timer
    private void follow(CallWitness call, Sendings sendings, long most, long heard, long over) {
        List<Long> times = sendings.times;
        String what = sendings.first.method();
        long slack = conditions.slack();
        long interval = conditions.t1();
        for (int i = 1; i < times.size(); i++) {
            long gap = times.get(i) - times.get(i - 1);
            boolean loose = sendings.proceeding && gap <= most + slack;
            require(
                    gap >= interval && (gap <= interval + slack || loose),
                    call,
                    what + " is sent again after " + interval / 1e6 + " ms, not after " + gap / 1e6);
            require(times.get(i) < heard, call, what + " is not sent again once it is answered");
            require(times.get(i) <= over + slack, call, what + " is not sent again for longer than its timer");
            interval = Math.min(2 * interval, most);
        }
        long due = times.getLast() + (sendings.proceeding ? most : interval) + slack;
        require(due >= Math.min(heard, over), call, what + " is sent again until it is answered or its time is over");
    }

    /// The first CANCEL is sent when the ring time or the setup timeout is over or somebody hung up, but not before
    /// the first provisional.
    private void judgeCancelTime(CallWitness call) {
        var heard = call.provisionals();
        long timerB = call.invitedAt() + conditions.timeout();
        if (call.neverLeft || heard.isEmpty() || heard.getFirst().at() >= timerB) {
            return;
        }
        long due = Math.max(heard.getFirst().at(), wanted(call));
        long done = call.cancelledAt();
        if (done == Schedule.NEVER) {
            require(
                    due == Schedule.NEVER || call.firstFinalAt() <= due + conditions.slack(),
                    call,
                    "a CANCEL is sent when it is time: at " + due / 1e6 + " ms");
        } else {
            require(
                    done >= due && done <= due + conditions.slack(),
                    call,
                    "a CANCEL is sent when it is time: at " + due / 1e6 + " ms, not at " + done / 1e6);
        }
    }

    private long wanted(CallWitness call) {
        long setupOver = call.invitedAt() + call.order.setupNanos();
        long rang = call.rangAt(conditions.phase());
        boolean inTime = rang <= setupOver + conditions.slack() && rang <= call.cancelledAt();
        long own = inTime ? rang + call.order.ringNanos() : setupOver;
        return Math.min(own, call.hungUpAt);
    }

    private static void require(boolean holds, @Nullable CallWitness call, String sentence) {
        Rule.require(holds, call == null ? "" : call.toString(), sentence);
    }
}
