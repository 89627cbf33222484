package io.flashcall.engine.agent;

import io.flashcall.engine.transport.Endpoint;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Server transactions over UDP (RFC 3261 §17.2), all of which start with a final response: a repeated request gets
/// the same bytes again; the final of an INVITE is sent until its ACK comes.
///
/// A fixed number of them; when all are taken, further requests are answered without one, as §8.2.7 allows.
final class ServerTransactions {

    static final int MOST = 256;
    static final int TIMERS_EACH = 2;

    private static final int RETRANSMIT = 0;
    private static final int EXPIRE = 1;

    private final AgentContext context;
    private final int firstTimer;
    private final long[] hashes = new long[MOST];
    private final Answer[] answers = Stream.generate(Answer::new).limit(MOST).toArray(Answer[]::new);
    private int taken;

    /// What was answered, and how it goes on. `held` tells a free entry from one whose hash is 0.
    private static final class Answer {
        private final Endpoint to = new Endpoint();
        private byte[] bytes = {};
        private int length;
        private long interval;
        private boolean held;
        private boolean invite;
        private @Nullable Hop arrival;
    }

    ServerTransactions(AgentContext context, int firstTimer) {
        this.context = context;
        this.firstTimer = firstTimer;
    }

    /// Sends the answer again if the request is a repetition.
    boolean repeat(long hash) {
        int at = find(hash);
        if (at < 0) {
            return false;
        }
        send(answers[at]);
        return true;
    }

    boolean holdsInvite(long hash) {
        int at = find(hash);
        return at >= 0 && answers[at].invite;
    }

    /// Holds an answer that was sent just now, until timers H or J.
    void remember(long hash, boolean invite, byte[] bytes, int length, Endpoint to, long now) {
        int at = vacant();
        if (at < 0) {
            return;
        }
        var answer = answers[at];
        hashes[at] = hash;
        answer.held = true;
        answer.invite = invite;
        answer.length = length;
        if (answer.bytes.length < length) {
            answer.bytes = new byte[length];
        }
        System.arraycopy(bytes, 0, answer.bytes, 0, length);
        answer.to.set(to.hi(), to.lo(), to.port());
        answer.arrival = context.arrival;
        context.wheel.arm(timer(at, EXPIRE), now + (invite ? context.timers.timeout() : context.timers.linger()));
        if (invite && answer.arrival == null) {
            answer.interval = context.timers.t1();
            context.wheel.arm(timer(at, RETRANSMIT), now + answer.interval);
        }
    }

    /// Completed → Confirmed: Timer G stops; the entry goes on absorbing ACKs until it expires.
    void onAck(long hash) {
        int at = find(hash);
        if (at >= 0) {
            context.wheel.disarm(timer(at, RETRANSMIT));
        }
    }

    void onTimer(int timer, long now) {
        int offset = timer - firstTimer;
        int at = offset / TIMERS_EACH;
        if (offset % TIMERS_EACH == EXPIRE) {
            context.wheel.disarm(timer(at, RETRANSMIT));
            answers[at].held = false;
            taken--;
            return;
        }
        var answer = answers[at];
        answer.interval = Math.min(2 * answer.interval, context.timers.t2());
        send(answer);
        context.wheel.arm(timer, now + answer.interval);
    }

    private void send(Answer answer) {
        context.sender.reply(answer.bytes, answer.length, answer.arrival, answer.to);
    }

    private int timer(int at, int which) {
        return firstTimer + at * TIMERS_EACH + which;
    }

    private int find(long hash) {
        if (taken == 0) {
            return -1;
        }
        for (int at = 0; at < MOST; at++) {
            if (hashes[at] == hash && isHeld(at)) {
                return at;
            }
        }
        return -1;
    }

    private int vacant() {
        for (int at = 0; at < MOST && taken < MOST; at++) {
            if (!isHeld(at)) {
                taken++;
                return at;
            }
        }
        return -1;
    }

    private boolean isHeld(int at) {
        return answers[at].held;
    }
}
