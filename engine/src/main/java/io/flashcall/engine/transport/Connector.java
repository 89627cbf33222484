package io.flashcall.engine.transport;

import java.util.random.RandomGenerator;

/// Keeps one connection up while it is wanted: opens it, asks whether the peer lives, opens it again when it
/// breaks, ever less often while it fails.
///
/// ```
///           want                  onConnected
///   IDLE ----------> CONNECTING --------------> UP
///    ^                |      ^                  |
///    |       onClosed |      | back-off over    | onClosed
///    |                v      |                  v
///    +------------- BACKING_OFF <---------------+
///       release      (IDLE at once when it is not wanted any more)
/// ```
///
/// Knows no sockets and no clock: it is told the time, in monotonic nanoseconds, and acts through a [Port]. A
/// peer that never answers a ping is not cut off; one that did answer on this connection and then is silent
/// is. Not thread-safe.
public final class Connector {

    /// Where a connector stands.
    public enum State {
        /// Nothing wanted yet, or any more.
        IDLE,
        CONNECTING,
        UP,
        /// It failed; the next attempt waits.
        BACKING_OFF
    }

    /// The I/O beneath.
    interface Port {

        /// Begins an attempt, which ends in [#onConnected] or [#onClosed], not from within this call. It is
        /// bounded by the timeouts of the port.
        void open();

        /// Sends a keep-alive.
        void ping();

        /// Ends the attempt or the connection; [#onClosed] follows, also from within this call.
        void close(StreamClosed why);
    }

    private static final double LEAST_OF_INTERVAL = 0.8;
    private static final double LEAST_OF_BACK_OFF = 0.5;

    private final Port port;
    private final RandomGenerator random;
    private final long firstBackOff;
    private final long longBackOff;
    private final long stable;
    private final long pingInterval;
    private final long pongTimeout;

    private State state = State.IDLE;
    private boolean wanted;
    private long backOff;
    private long upSince;
    private long retryAt;
    private long pingAt;
    private long pongDueAt;
    private boolean peerPongs;
    private boolean pongDue;

    Connector(LinkOptions options, Port port, RandomGenerator random) {
        this.port = port;
        this.random = random;
        firstBackOff = options.firstBackOff().toNanos();
        backOff = firstBackOff;
        longBackOff = options.longBackOff().toNanos();
        stable = options.stable().toNanos();
        pingInterval = options.pingInterval().toNanos();
        pongTimeout = options.pongTimeout().toNanos();
    }

    State state() {
        return state;
    }

    /// The connection is needed, from now on. Does not shorten a back-off.
    void want() {
        wanted = true;
        switch (state) {
            case IDLE -> open();
            case CONNECTING, UP, BACKING_OFF -> {}
        }
    }

    /// The connection is not needed any more.
    void release(StreamClosed why) {
        wanted = false;
        switch (state) {
            case IDLE -> {}
            case CONNECTING, UP -> port.close(why);
            case BACKING_OFF -> enter(State.IDLE);
        }
    }

    void onConnected(long now) {
        upSince = now;
        peerPongs = false;
        pongDue = false;
        pingAt = now + jittered(pingInterval, LEAST_OF_INTERVAL);
        enter(State.UP);
    }

    /// Something came from the peer, whatever it is: it lives.
    void onReceived() {
        pongDue = false;
    }

    /// The peer answered a ping, so it can.
    void onPong() {
        peerPongs = true;
        pongDue = false;
    }

    /// The attempt failed, or the connection is gone.
    void onClosed(long now) {
        enter(
                switch (state) {
                    case CONNECTING, UP -> wanted ? failed(now) : State.IDLE;
                    case IDLE -> State.IDLE;
                    case BACKING_OFF -> State.BACKING_OFF;
                });
    }

    /// Does what is due.
    void advance(long now) {
        switch (state) {
            case IDLE, CONNECTING -> {}
            case UP -> keepAlive(now);
            case BACKING_OFF -> {
                if (now - retryAt >= 0) {
                    open();
                }
            }
        }
    }

    /// When [#advance] is due next; `Long.MAX_VALUE` when nothing is.
    long nextAt() {
        return switch (state) {
            case IDLE, CONNECTING -> Long.MAX_VALUE;
            case UP -> pongDue && pongDueAt - pingAt < 0 ? pongDueAt : pingAt;
            case BACKING_OFF -> retryAt;
        };
    }

    private void keepAlive(long now) {
        if (pongDue && now - pongDueAt >= 0) {
            port.close(new StreamClosed(CloseReason.KEEP_ALIVE_LOST, "no answer to a keep-alive"));
        } else if (now - pingAt >= 0) {
            pingAt = now + jittered(pingInterval, LEAST_OF_INTERVAL);
            pongDueAt = now + pongTimeout;
            pongDue = peerPongs;
            port.ping();
        }
    }

    private void open() {
        enter(State.CONNECTING);
        port.open();
    }

    private State failed(long now) {
        if (state == State.UP && now - upSince >= stable) {
            backOff = firstBackOff;
        }
        retryAt = now + jittered(backOff, LEAST_OF_BACK_OFF);
        backOff = Math.min(backOff * 2, longBackOff);
        return State.BACKING_OFF;
    }

    /// A part of `nanos` between `least` and all of it, so that many connectors do not act as one.
    private long jittered(long nanos, double least) {
        return (long) (nanos * (least + (1 - least) * random.nextDouble()));
    }

    private void enter(State next) {
        state = next;
    }
}
