package io.flashcall.engine.identity;

import io.flashcall.engine.StirConfig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

/// Fetches certificates as ATIS-1000074 §5.3.1 wants it, since the URI comes from a stranger: https alone,
/// only from addresses that everybody can reach, within 2 s, without redirects, at most 64 KiB, one fetch at
/// a time per host. What was fetched is used again for as long as the server allows, at most 24 h; a failure
/// for 30 s.
///
/// It fetches on threads of its own: the system's resolver blocks in native code, where a few slow names
/// would hold up every virtual thread there is.
public final class HttpsCertificates implements CertificateSource, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FAIR_CHANCE = Duration.ofSeconds(1);
    private static final Duration FAILURE_LIFETIME = Duration.ofSeconds(30);
    private static final int MOST_ENTRIES = 2_000;
    private static final int THREADS = 16;
    private static final int MOST_WAITING = 256;
    private static final long IDLE_SECONDS = 10;
    private static final int OK = 200;

    private final Reachability reachability;
    private final SSLSocketFactory tls;
    private final CertificateCache cache = new CertificateCache(MOST_ENTRIES);
    private final HostGate gate = new HostGate();
    private final ThreadPoolExecutor threads;

    /// Trusts the web servers that the JDK trusts.
    public HttpsCertificates() {
        this(Reachability.PUBLIC, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /// For tests, whose servers are on loopback.
    HttpsCertificates(Reachability reachability, SSLSocketFactory tls) {
        this.reachability = reachability;
        this.tls = tls;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("x5u-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Answer fetch(String x5u, Instant now) {
        if (!StirConfig.isX5u(x5u)) {
            return new Unavailable(Fault.X5U_FORBIDDEN, "x5u is no https URI of the allowed form");
        }
        var known = cache.get(x5u, now);
        return known.isPresent() ? known.get() : fetchInTurn(x5u, now);
    }

    private Answer fetchInTurn(String x5u, Instant now) {
        var uri = URI.create(x5u);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        long started = System.nanoTime();
        try {
            if (!gate.enter(host, PATIENCE.toNanos())) {
                return unreachable("others are waiting for the same host");
            }
            try {
                // Whoever was at the host before may have come for the same.
                Optional<Answer> known = cache.get(x5u, now);
                return known.isPresent() ? known.get() : fetchNow(uri, now, started);
            } finally {
                gate.leave(host);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        }
    }

    private Answer fetchNow(URI uri, Instant now, long started) throws InterruptedException {
        var patience = PATIENCE.minusNanos(System.nanoTime() - started);
        try (var fetch = new HttpsFetch(uri, reachability, tls, patience)) {
            var answer = threads.submit(fetch::get).get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return kept(uri, certificates(answer), CacheControl.lifetime(answer.headers(), now), now);
        } catch (TimeoutException e) {
            var late = unreachable("no answer within " + PATIENCE);
            // Who waited long for the host had little time left; that says nothing of this URI.
            return patience.compareTo(FAIR_CHANCE) < 0 ? late : failed(uri, late, now);
        } catch (ExecutionException e) {
            return failed(uri, unavailable(e), now);
        } catch (RejectedExecutionException e) {
            return unreachable("too many are being fetched, or we are shutting down");
        }
    }

    private static Answer certificates(HttpsAnswer answer) {
        if (answer.status() != OK) {
            return unreachable("status " + answer.status());
        }
        try {
            return new Chain(PemCertificates.parse(answer.body()));
        } catch (IllegalArgumentException e) {
            return new Unavailable(Fault.BAD_CERTIFICATE, String.valueOf(e.getMessage()));
        }
    }

    private Answer kept(URI uri, Answer answer, Duration lifetime, Instant now) {
        if (answer instanceof Unavailable) {
            return failed(uri, answer, now);
        }
        cache.put(uri.toString(), answer, now.plus(lifetime));
        return answer;
    }

    private Answer failed(URI uri, Answer answer, Instant now) {
        cache.put(uri.toString(), answer, now.plus(FAILURE_LIFETIME));
        return answer;
    }

    /// Whatever it was: a stranger's server must not be able to make this throw.
    private static Answer unavailable(ExecutionException failure) {
        return failure.getCause() instanceof Objection objection
                ? new Unavailable(objection.fault(), objection.detail())
                : unreachable(String.valueOf(failure.getCause()));
    }

    private static Unavailable unreachable(String detail) {
        return new Unavailable(Fault.X5U_UNREACHABLE, detail);
    }

    /// Ends what is under way; from now on nothing is fetched.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
