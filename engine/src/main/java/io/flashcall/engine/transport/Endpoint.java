package io.flashcall.engine.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IP address and a port as plain numbers: IPv6 as two longs, IPv4 as its v4-mapped form `::ffff:a.b.c.d`, so that a
/// peer has one spelling whichever socket it came through.
///
/// Mutable on purpose: a transport fills one instance for each received datagram. Whoever keeps one, copies it.
/// Not thread-safe.
public final class Endpoint {

    private static final long V4_MAPPED = 0x0000_ffff_0000_0000L;

    private long hi;
    private long lo;
    private int port;

    public Endpoint() {}

    /// @param hi   first 8 bytes of the address, network order
    /// @param lo   last 8 bytes of the address, network order
    /// @param port 0..65535
    public Endpoint(long hi, long lo, int port) {
        set(hi, lo, port);
    }

    public static Endpoint of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("endpoint: " + address + " (expected: a resolved address)");
        }
        byte[] raw = address.getAddress().getAddress();
        ByteBuffer in = ByteBuffer.wrap(raw);
        return raw.length == 4
                ? new Endpoint(0, V4_MAPPED | (in.getInt() & 0xffff_ffffL), address.getPort())
                : new Endpoint(in.getLong(), in.getLong(), address.getPort());
    }

    public void set(long hi, long lo, int port) {
        this.hi = hi;
        this.lo = lo;
        this.port = port;
    }

    /// Sets an IPv4 address.
    ///
    /// @param address the four bytes in network order
    public void setV4(int address, int port) {
        set(0, V4_MAPPED | (address & 0xffff_ffffL), port);
    }

    public long hi() {
        return hi;
    }

    public long lo() {
        return lo;
    }

    public int port() {
        return port;
    }

    public boolean isV4() {
        return hi == 0 && (lo & 0xffff_ffff_0000_0000L) == V4_MAPPED;
    }

    public boolean same(Endpoint other) {
        return hi == other.hi && lo == other.lo && port == other.port;
    }

    public Endpoint copy() {
        return new Endpoint(hi, lo, port);
    }

    /// Allocates: for logs, traces and transports that need the JDK's form.
    public InetSocketAddress toSocketAddress() {
        byte[] raw = isV4()
                ? ByteBuffer.allocate(4).putInt((int) lo).array()
                : ByteBuffer.allocate(16).putLong(hi).putLong(lo).array();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always valid", e);
        }
    }

    @Override
    public String toString() {
        var address = toSocketAddress();
        String host = address.getAddress().getHostAddress();
        return (isV4() ? host : "[" + host + "]") + ":" + port;
    }
}
