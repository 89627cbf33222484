package io.flashcall.server.http;

import io.flashcall.engine.Cidr;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How the API listens, and how much it takes.
///
/// @param listen            address and port; port 0: a free one
/// @param trustedProxies    whose X-Forwarded-For is believed
/// @param bodyLimit         bytes of a request's body at most, 1 KiB to 16 MiB
/// @param requestTimeout    how long the body of a request may take to come, 100 ms to 10 min
/// @param mostRequests      requests at once, streams not counted; what comes on top is told to come again
/// @param plainWebhooks     whether webhooks may go to `http:` URLs
public record HttpSettings(
        InetSocketAddress listen,
        List<Cidr> trustedProxies,
        int bodyLimit,
        Duration requestTimeout,
        int mostRequests,
        boolean plainWebhooks) {

    /// Of a body, unless something else is configured.
    public static final int USUAL_BODY_LIMIT = 64 * 1024;

    private static final int LEAST_BODY_LIMIT = 1024;
    private static final int MOST_BODY_LIMIT = 16 * 1024 * 1024;

    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        require(
                bodyLimit >= LEAST_BODY_LIMIT && bodyLimit <= MOST_BODY_LIMIT,
                "body_limit",
                bodyLimit,
                "1KiB to 16MiB");
        require(
                requestTimeout.compareTo(Duration.ofMillis(100)) >= 0
                        && requestTimeout.compareTo(Duration.ofMinutes(10)) <= 0,
                "request_timeout",
                requestTimeout,
                "100ms to 10m");
        require(mostRequests >= 1, "max_requests", mostRequests, "1 or more");
    }

    /// 64 KiB, 30 s, 2,000 requests, no proxies, `https:` webhooks alone.
    public static HttpSettings on(InetSocketAddress listen) {
        return new HttpSettings(listen, List.of(), USUAL_BODY_LIMIT, Duration.ofSeconds(30), 2_000, false);
    }

    private static void require(boolean ok, String key, Object value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
        }
    }
}
