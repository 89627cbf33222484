package io.flashcall.engine.simulation;

/// One place where a call rings and may be answered: a user agent server of its own, named by its To tag.
final class PeerFork {

    enum State {
        EARLY,
        /// 2xx said, ACK awaited.
        ANSWERED,
        /// Both sides talk. Somebody pays.
        UP,
        DOWN
    }

    final String tag;
    private final PeerCall call;
    private State state = State.EARLY;
    private int byesReceived;

    PeerFork(String tag, PeerCall call) {
        this.tag = tag;
        this.call = call;
    }

    State state() {
        return state;
    }

    int byesReceived() {
        return byesReceived;
    }

    /// Says 200 until somebody says ACK (RFC 3261 §13.3.1.4).
    void answer() {
        if (state == State.EARLY) {
            state = State.ANSWERED;
            repeatAnswer(call.conditions().t1(), call.now() + call.conditions().timeout());
        }
    }

    private void repeatAnswer(long interval, long deadline) {
        if (state != State.ANSWERED) {
            return;
        }
        if (call.now() >= deadline) {
            hangUp();
            return;
        }
        call.say(200, tag, call.habit().dialog());
        long next = Math.min(2 * interval, call.conditions().t2());
        call.after(interval, () -> repeatAnswer(next, deadline));
    }

    void onAck() {
        if (state == State.ANSWERED) {
            state = State.UP;
            if (call.habit().hangsUpAfter() != Schedule.NEVER) {
                call.after(call.habit().hangsUpAfter(), this::hangUp);
            }
        }
    }

    /// Its own BYE.
    private void hangUp() {
        if (state != State.DOWN) {
            state = State.DOWN;
            call.ask("BYE", tag);
        }
    }

    /// @return the status that answers it
    int onBye() {
        byesReceived++;
        boolean wasUp = state != State.DOWN;
        state = State.DOWN;
        return wasUp ? 200 : 481;
    }
}
