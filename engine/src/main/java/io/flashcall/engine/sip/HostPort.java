package io.flashcall.engine.sip;

/// An IP address and a port as plain numbers, filled in place.
///
/// IPv6 is two longs in network order, IPv4 its v4-mapped form `::ffff:a.b.c.d`, so that an address has one
/// spelling.
public final class HostPort {

    private static final long V4_MAPPED = 0x0000_ffff_0000_0000L;

    /// First 8 bytes of the address.
    public long hi;

    /// Last 8 bytes of the address.
    public long lo;

    /// 0..65535.
    public int port;

    public HostPort() {}

    public HostPort(long hi, long lo, int port) {
        set(hi, lo, port);
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

    public void copyFrom(HostPort other) {
        set(other.hi, other.lo, other.port);
    }

    public boolean isV4() {
        return hi == 0 && (lo & 0xffff_ffff_0000_0000L) == V4_MAPPED;
    }
}
