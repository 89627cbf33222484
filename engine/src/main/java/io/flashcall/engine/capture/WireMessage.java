package io.flashcall.engine.capture;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;

/// One SIP message as it passes, with all that is known of its way. The sender fills one instance again and
/// again, so that tracing allocates nothing: whoever is given one reads it during that call and keeps neither
/// it, nor its bytes, nor its endpoints.
///
/// Not thread-safe.
public final class WireMessage {

    private static final byte[] NOTHING = {};

    private final Endpoint local = new Endpoint();
    private final Endpoint peer = new Endpoint();
    private SipTransport transport = SipTransport.UDP;
    private long call;
    private String trunk = "";
    private boolean sent;
    private long nanos;
    private long wallMicros;
    private byte[] bytes = NOTHING;
    private int length;

    /// Says whose it is.
    ///
    /// @param callValue the value of the call's `CallId`, or 0 for a message that belongs to none
    /// @param trunkName or empty, where the sender does not know it
    public WireMessage belonging(long callValue, String trunkName) {
        call = callValue;
        trunk = trunkName;
        return this;
    }

    /// Says when it passed.
    ///
    /// @param monotonicNanos as of `System.nanoTime()`
    /// @param microsOf1970   wall clock, microseconds since 1970
    public WireMessage at(long monotonicNanos, long microsOf1970) {
        nanos = monotonicNanos;
        wallMicros = microsOf1970;
        return this;
    }

    /// Says what it travelled in, and between whom; both addresses are copied.
    public WireMessage between(Endpoint us, Endpoint them, SipTransport by) {
        local.set(us.hi(), us.lo(), us.port());
        peer.set(them.hi(), them.lo(), them.port());
        transport = by;
        return this;
    }

    /// Says what it is; the bytes are not copied.
    ///
    /// @param bySender whether we sent it
    /// @param content  the message, from index 0 to `size`
    public WireMessage carrying(boolean bySender, byte[] content, int size) {
        sent = bySender;
        bytes = content;
        length = size;
        return this;
    }

    /// The value of the call's `CallId`, or 0 for a message that belongs to none.
    public long call() {
        return call;
    }

    /// The trunk's name; empty where it was not known as the message passed, since several trunks list its peer. The
    /// call's INVITE tells.
    public String trunk() {
        return trunk;
    }

    /// Whether we sent it.
    public boolean sent() {
        return sent;
    }

    /// Monotonic time, as of `System.nanoTime()`.
    public long nanos() {
        return nanos;
    }

    /// Wall clock, microseconds since 1970.
    public long wallMicros() {
        return wallMicros;
    }

    /// The message, from index 0 to [#length]. Over TLS it is the plain text.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /// Our side, as the peer sees it.
    public Endpoint local() {
        return local;
    }

    /// Where it went or came from.
    public Endpoint peer() {
        return peer;
    }

    public SipTransport transport() {
        return transport;
    }

    /// Whence it came: [#local] if we sent it.
    Endpoint source() {
        return sent ? local : peer;
    }

    Endpoint destination() {
        return sent ? peer : local;
    }

    /// Whether it travelled in IPv4. An IPv6 socket on all addresses may do so too; its own address is then
    /// `::`, whose last four bytes read as 0.0.0.0.
    boolean isV4() {
        boolean localIsAny = local.hi() == 0 && local.lo() == 0;
        return peer.isV4() && (local.isV4() || localIsAny);
    }
}
