package io.flashcall.engine.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A standing connection from one user agent to one remote endpoint: a [Connector] with its I/O. All messages
/// to that endpoint share it.
///
/// For its event loop's thread only, but for what says otherwise.
public final class StreamLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLink.class);
    private static final StreamClosed CLOSED = new StreamClosed(CloseReason.BY_US, "not needed any more");

    private final EventLoop loop;
    private final StreamTransport transport;
    private final StreamRoute route;
    private final boolean eager;
    private final LinkHandler handler;
    private final StreamTally tally = new StreamTally();
    private final Connector connector;

    private Optional<TlsSettings> tls;
    private @Nullable StreamConnection connection;
    private @Nullable Future<?> timer;
    private long timerAt;
    private boolean closed;
    private volatile Connector.State published = Connector.State.IDLE;
    private volatile @Nullable StreamClosed lastEnd;

    /// @param tls empty for plain TCP
    public StreamLink(
            EventLoop loop,
            StreamTransport transport,
            StreamRoute route,
            Optional<TlsSettings> tls,
            LinkOptions options,
            LinkHandler handler) {
        this.loop = loop;
        this.transport = transport;
        this.route = route;
        this.tls = tls;
        this.handler = handler;
        eager = options.eager();
        connector = new Connector(options, new Io(), new SplittableRandom());
    }

    /// Opens the connection now if the link is eager, else on first use.
    public void start() {
        if (eager && !closed) {
            connector.want();
            settle();
        }
    }

    /// Queues a copy of a message, opening the connection if that is not done yet. While it is being opened,
    /// messages wait for it.
    ///
    /// @return false when it is not queued: the link backs off from a failure or is closed, or too much waits
    ///         already
    public boolean send(byte[] bytes, int offset, int length) {
        if (connector.state() == Connector.State.IDLE && !closed) {
            connector.want();
            settle();
        }
        var open = connection;
        if (open == null) {
            tally.refused();
            return false;
        }
        return open.send(bytes, offset, length);
    }

    /// Sends what is queued.
    public void flush() {
        var open = connection;
        if (open != null) {
            open.flush();
        }
    }

    /// New connections use these settings; one that stands is left alone.
    public void replaceTls(TlsSettings settings) {
        tls = Optional.of(settings);
    }

    /// Ends the link for good, and its connection.
    @Override
    public void close() {
        closed = true;
        connector.release(CLOSED);
        settle();
    }

    /// Where it goes to: the source of its messages. Do not change it. Any thread.
    public Endpoint remote() {
        return route.remote();
    }

    /// Any thread.
    public Connector.State state() {
        return published;
    }

    /// Why there was no connection last; empty when none has failed yet. Any thread.
    public Optional<StreamClosed> lastEnd() {
        return Optional.ofNullable(lastEnd);
    }

    /// What passed through, over all connections; any thread.
    public StreamCounters counters() {
        return tally.snapshot();
    }

    private void tick() {
        timer = null;
        connector.advance(System.nanoTime());
        settle();
    }

    /// After each input of the connector: tells where it stands and when it wants to be woken.
    private void settle() {
        published = connector.state();
        long at = connector.nextAt();
        if (timer != null && (at == Long.MAX_VALUE || at - timerAt < 0)) {
            timer.cancel(false);
            timer = null;
        }
        if (timer == null && at != Long.MAX_VALUE) {
            timerAt = at;
            timer = loop.schedule(this::tick, at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /// An attempt that fails like the one before it is no news.
    private void log(StreamClosed end) {
        var before = lastEnd;
        boolean isNews = published == Connector.State.UP || before == null || before.reason() != end.reason();
        if (end.reason() == CloseReason.BY_US) {
            LOG.info("{}: closed", remote());
        } else if (isNews) {
            LOG.warn("{}: no connection: {}", remote(), end);
        } else {
            LOG.debug("{}: still no connection: {}", remote(), end);
        }
        if (end.reason() != CloseReason.BY_US) {
            lastEnd = end;
        }
    }

    /// Both sides of the connector's connection.
    private final class Io implements Connector.Port, StreamHandler {

        @Override
        public void open() {
            connection = transport.open(loop, route, tls, this, tally);
        }

        @Override
        public void ping() {
            if (connection != null) {
                connection.ping();
            }
        }

        @Override
        public void close(StreamClosed why) {
            if (connection != null) {
                connection.close(why);
            }
        }

        @Override
        public void onConnected(StreamInfo info) {
            LOG.info(
                    "{}: connected from {}{}",
                    remote(),
                    info.local(),
                    info.tls().map(t -> ", " + t).orElse(""));
            connector.onConnected(System.nanoTime());
            settle();
            handler.onUp(StreamLink.this, info);
        }

        @Override
        public void beforeRead() {
            connector.onReceived();
            handler.beforeRead(StreamLink.this);
        }

        @Override
        public void onMessage(byte[] bytes, int length) {
            handler.onMessage(StreamLink.this, bytes, length);
        }

        @Override
        public void onPong() {
            connector.onPong();
        }

        @Override
        public void afterRead() {
            handler.afterRead(StreamLink.this);
        }

        @Override
        public void onClosed(StreamClosed end) {
            log(end);
            connection = null;
            connector.onClosed(System.nanoTime());
            settle();
            handler.onDown(StreamLink.this, end);
        }
    }
}
