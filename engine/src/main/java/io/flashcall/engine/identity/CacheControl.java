package io.flashcall.engine.identity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long an answer may be used again, by its own headers (RFC 9111 §4.2): never longer than a day.
final class CacheControl {

    static final Duration LONGEST = Duration.ofHours(24);

    /// For a server that says nothing.
    static final Duration UNSAID = Duration.ofHours(1);

    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[, ])max-age ?= ?\"?([0-9]{1,18})");
    private static final Pattern NEVER = Pattern.compile("(?:^|[, ])no-(?:store|cache)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    private CacheControl() {}

    static Duration lifetime(HttpHeaders headers, Instant now) {
        String control =
                String.join(",", headers.getAll(HttpHeaderNames.CACHE_CONTROL)).toLowerCase(Locale.ROOT);
        if (NEVER.matcher(control).find()) {
            return Duration.ZERO;
        }
        Matcher maxAge = MAX_AGE.matcher(control);
        if (maxAge.find()) {
            return bounded(seconds(maxAge.group(1)).minus(age(headers)));
        }
        String expires = headers.get(HttpHeaderNames.EXPIRES);
        if (expires == null) {
            return UNSAID;
        }
        // An Expires that is no date has expired (RFC 9111 §5.3).
        return SipDate.parse(expires)
                .map(until -> bounded(Duration.between(sent(headers, now), until)))
                .orElse(Duration.ZERO);
    }

    private static Instant sent(HttpHeaders headers, Instant now) {
        return Optional.ofNullable(headers.get(HttpHeaderNames.DATE))
                .flatMap(SipDate::parse)
                .orElse(now);
    }

    private static Duration age(HttpHeaders headers) {
        String age = headers.get(HttpHeaderNames.AGE);
        return age != null && SECONDS.matcher(age).matches() ? seconds(age) : Duration.ZERO;
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Long.parseLong(digits));
    }

    private static Duration bounded(Duration lifetime) {
        if (lifetime.isNegative()) {
            return Duration.ZERO;
        }
        return lifetime.compareTo(LONGEST) > 0 ? LONGEST : lifetime;
    }
}
