package io.flashcall.engine.agent;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Connector;
import io.flashcall.engine.transport.LinkHandler;
import io.flashcall.engine.transport.LinkOptions;
import io.flashcall.engine.transport.StreamClosed;
import io.flashcall.engine.transport.StreamInfo;
import io.flashcall.engine.transport.StreamLink;
import io.flashcall.engine.transport.StreamOptions;
import io.flashcall.engine.transport.StreamRoute;
import io.flashcall.engine.transport.StreamTransport;
import io.flashcall.engine.transport.TlsSettings;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.Optional;

/// The connections of one user agent on its event loop.
final class LinkStreams implements Streams, LinkHandler {

    private static final StreamTransport TRANSPORT = new StreamTransport(StreamOptions.DEFAULT);

    private final EventLoop thread;
    private final AgentLoop loop;
    private final InetSocketAddress local;
    private final IdentityHashMap<StreamLink, Hop> hops = new IdentityHashMap<>();
    private boolean begun;

    /// @param from address to connect from, or a wildcard
    LinkStreams(EventLoop thread, AgentLoop loop, InetAddress from) {
        this.thread = thread;
        this.loop = loop;
        local = new InetSocketAddress(from, 0);
    }

    /// Before [#begin] the loop drives no agent that could be told: the connection is made then. After it, the loop.
    @Override
    public Stream open(Hop hop) {
        var settings = hop.target.transport() == SipTransport.TLS ? hop.trunk().tls() : Optional.<TlsSettings>empty();
        var route = new StreamRoute(hop.endpoint(), local);
        var link = new StreamLink(thread, TRANSPORT, route, settings, LinkOptions.DEFAULT, this);
        hops.put(link, hop);
        if (begun) {
            link.start();
        }
        return new LinkStream(link);
    }

    /// The loop drives the agent now; any thread.
    void begin() {
        thread.execute(() -> {
            begun = true;
            hops.keySet().forEach(StreamLink::start);
        });
    }

    @Override
    public void onUp(StreamLink link, StreamInfo info) {
        var hop = hops.get(link);
        if (hop != null) {
            loop.inCycle(agent -> agent.onUp(hop, info.local()));
        }
    }

    @Override
    public void onDown(StreamLink link, StreamClosed end) {
        var hop = hops.get(link);
        if (hop != null) {
            loop.inCycle(agent -> agent.onDown(hop));
        }
    }

    @Override
    public void beforeRead(StreamLink link) {
        loop.beforeRead();
    }

    @Override
    public void onMessage(StreamLink link, byte[] bytes, int length) {
        var hop = hops.get(link);
        if (hop != null) {
            loop.onMessage(hop, bytes, length);
        }
    }

    @Override
    public void afterRead(StreamLink link) {
        loop.afterRead();
    }

    /// What a hop sees of its link.
    private final class LinkStream implements Stream {

        private final StreamLink link;
        private boolean tried;

        LinkStream(StreamLink link) {
            this.link = link;
        }

        @Override
        public boolean send(byte[] bytes, int offset, int length) {
            return link.send(bytes, offset, length);
        }

        @Override
        public void flush() {
            link.flush();
        }

        /// Before its first attempt a link is idle, and about to connect.
        @Override
        public State state() {
            var state = link.state();
            tried |= state != Connector.State.IDLE;
            return switch (state) {
                case IDLE -> tried ? State.DOWN : State.CONNECTING;
                case CONNECTING -> State.CONNECTING;
                case UP -> State.UP;
                case BACKING_OFF -> State.DOWN;
            };
        }

        @Override
        public String trouble() {
            boolean up = link.state() == Connector.State.UP;
            return up ? "" : link.lastEnd().map(StreamClosed::toString).orElse("");
        }

        @Override
        public void renew(TlsSettings settings) {
            var hop = hops.get(link);
            if (hop != null && hop.target.transport() == SipTransport.TLS) {
                link.replaceTls(settings);
            }
        }

        /// What we close ourselves says nothing of the host, so nobody is told.
        @Override
        public void close() {
            hops.remove(link);
            link.close();
        }
    }
}
