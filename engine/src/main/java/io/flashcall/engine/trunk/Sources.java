package io.flashcall.engine.trunk;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.transport.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;

/// The addresses that a trunk's datagrams may come from, any port. Immutable; allocates nothing to answer.
public final class Sources {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private final long[] hi;
    private final long[] lo;
    private final long[] hiMask;
    private final long[] loMask;

    public Sources(List<Cidr> blocks) {
        int n = blocks.size();
        hi = new long[n];
        lo = new long[n];
        hiMask = new long[n];
        loMask = new long[n];
        for (int i = 0; i < n; i++) {
            var block = blocks.get(i);
            var address = Endpoint.of(new InetSocketAddress(block.address(), 0));
            int prefix = address.isV4() ? block.prefix() + V6_BITS - V4_BITS : block.prefix();
            hiMask[i] = mask(Math.min(prefix, Long.SIZE));
            loMask[i] = mask(Math.max(prefix - Long.SIZE, 0));
            hi[i] = address.hi() & hiMask[i];
            lo[i] = address.lo() & loMask[i];
        }
    }

    public boolean contains(Endpoint source) {
        return contains(source.hi(), source.lo());
    }

    /// Whether an address, IPv4 in its v4-mapped form, is among the sources.
    public boolean contains(long hiBits, long loBits) {
        for (int i = 0; i < hi.length; i++) {
            if ((hiBits & hiMask[i]) == hi[i] && (loBits & loMask[i]) == lo[i]) {
                return true;
            }
        }
        return false;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}
