package io.flashcall.server.net;

import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;

/// Hands the HTTP client only addresses that the guard allows. The client connects to what this returns, and
/// asks nobody else.
final class GuardedResolver implements DnsResolver {

    /// Each may take its own time to connect.
    private static final int MOST_ADDRESSES = 4;

    /// Until when the request of this thread must be done, as of `System.nanoTime()`.
    static final ScopedValue<Long> UNTIL = ScopedValue.newInstance();

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AddressGuard guard;
    private final Lookup lookup;

    GuardedResolver(AddressGuard guard, Lookup lookup) {
        this.guard = guard;
        this.lookup = lookup;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var allowed = lookup.addresses(host, patience()).stream()
                .filter(guard::allows)
                .limit(MOST_ADDRESSES)
                .toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new RefusedException();
        }
        return allowed;
    }

    private static Duration patience() {
        var left = Duration.ofNanos(UNTIL.isBound() ? UNTIL.get() - System.nanoTime() : PATIENCE.toNanos());
        return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /// Found somewhere in a failure's causes: no address is allowed.
    static final class RefusedException extends UnknownHostException {

        @Serial
        private static final long serialVersionUID = 1L;

        static boolean causes(IOException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof RefusedException) {
                    return true;
                }
            }
            return false;
        }
    }
}
