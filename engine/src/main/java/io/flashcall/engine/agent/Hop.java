package io.flashcall.engine.agent;

import io.flashcall.engine.auth.Presented;
import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.sip.WireIdentity;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.transport.TlsSettings;
import io.flashcall.engine.trunk.OverloadControl;
import io.flashcall.engine.trunk.Target;
import io.flashcall.engine.trunk.TargetHealth;
import io.flashcall.engine.trunk.Trunk;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One host of a trunk as one user agent reaches it: where requests go and by which connection, how they are
/// written, how the host is. Confined to the agent's loop; only its health may be looked at from elsewhere.
final class Hop {

    /// No such time.
    static final long NEVER = Long.MIN_VALUE;

    /// Bytes of a request that go over UDP without question (RFC 3261 §18.1.1).
    static final int MTU_BOUND = 1_300;

    final int index;
    final TrunkLine line;
    final TargetHealth health;

    /// Its place stays, its rank may change.
    Target target;

    /// Key of the OPTIONS that waits for its answer, 0 for none, and when it was sent.
    long probe;

    long probedAt = NEVER;

    /// What that OPTIONS has shown of our credentials.
    final Presented probePresented = new Presented();

    /// Whether it has left its trunk's set, and until when a call may name it.
    boolean retired;

    long namedUntil;

    /// When a redirection led here last, where it is no host of the trunk's own.
    long visitedAt = NEVER;

    /// Whether it is so long ago that its index may be used again.
    boolean gone;

    private final Writing writing;
    private final Endpoint local = new Endpoint();
    private OverloadControl load;
    private @Nullable RequestTemplate template;
    private @Nullable Stream stream;
    private @Nullable Hop twin;

    /// Makes the requests to a host, as one end of ours says them.
    @FunctionalInterface
    interface Writing {

        /// @param local what the host sees of our socket, or of the connection
        RequestTemplate from(InetSocketAddress local);
    }

    /// @param index names it among all hops of the agent
    Hop(int index, TrunkLine line, Target target, Writing writing) {
        this.index = index;
        this.line = line;
        this.target = target;
        this.writing = writing;
        String name = "trunk " + line.trunk.config().name() + ", host " + target;
        health = new TargetHealth(name);
        load = new OverloadControl(name);
    }

    /// Requests are written for this end of ours from now on.
    void writtenFrom(InetSocketAddress ours) {
        template = writing.from(ours);
        var endpoint = Endpoint.of(ours);
        local.set(endpoint.hi(), endpoint.lo(), endpoint.port());
    }

    /// All goes by this connection; without, by the agent's socket.
    void by(Stream connection) {
        stream = connection;
    }

    /// The same host by TCP, for requests that are too long for a datagram.
    void twin(Hop byTcp) {
        twin = byTcp;
        byTcp.load = load;
    }

    /// The same place is ranked otherwise among the trunk's hosts now.
    void ranked(Target as) {
        target = as;
        if (twin != null) {
            twin.target = new Target(as.address(), twin.target.transport(), as.priority(), as.weight());
        }
    }

    /// What the host wants withheld, by whichever transport it says so.
    OverloadControl load() {
        return load;
    }

    /// Another host, written to as this one is.
    Hop alike(int otherIndex, Target other) {
        return new Hop(otherIndex, line, other, writing);
    }

    /// New connections are made with these.
    void renew(TlsSettings settings) {
        if (stream != null) {
            stream.renew(settings);
        }
        if (twin != null) {
            twin.renew(settings);
        }
    }

    Trunk trunk() {
        return line.trunk;
    }

    Endpoint endpoint() {
        return target.endpoint();
    }

    /// Our end of the connection, or of the socket as the host sees it.
    Endpoint local() {
        return local;
    }

    @Nullable Stream stream() {
        return stream;
    }

    @Nullable Hop twin() {
        return twin;
    }

    RequestTemplate template() {
        return Objects.requireNonNull(template, "written");
    }

    /// Whether a request can be written and sent now.
    boolean isUp() {
        return template != null && (stream == null || stream.state() == Stream.State.UP);
    }

    /// Whether a request can be sent now or soon.
    boolean isWithinReach() {
        return stream == null || stream.state() != Stream.State.DOWN;
    }

    boolean isReliable() {
        return stream != null;
    }

    /// Whether the INVITE of a call may be too long for one packet.
    boolean isTooLongFor(WireIdentity id) {
        return stream == null
                && template().maxInviteLength()
                                + id.credentials.length()
                                + id.signature.length()
                                + id.serviceRoute.length()
                                + id.target.length()
                        > MTU_BOUND;
    }

    /// Whether an address may speak for this hop's carrier.
    boolean listensTo(Endpoint source) {
        return trunk().sources().contains(source);
    }
}
