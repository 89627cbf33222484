package io.flashcall.verification.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Counts in token buckets that are full again when the period is over that began with the first take. Thread-safe.
///
/// Each limit's buckets are bounded in number by themselves, so that a flood of addresses does not make us forget
/// destinations; a bucket is forgotten when it was not asked for its longest period, after which it would be full.
public final class BucketLimiter implements Limiter {

    /// Buckets of each limit that are remembered at most.
    public static final int USUAL_SIZE = 200_000;

    private final int size;
    private final LongSupplier nanos;
    private final Map<String, Cache<Ask, Bucket>> buckets = new ConcurrentHashMap<>();

    /// With the usual size and the system's clock.
    public BucketLimiter() {
        this(USUAL_SIZE, System::nanoTime);
    }

    /// @param size  buckets of each limit at most
    /// @param nanos never goes back
    public BucketLimiter(int size, LongSupplier nanos) {
        this.size = size;
        this.nanos = nanos;
    }

    /// Names the limit that takes longest to allow it, where several do not.
    @Override
    public Verdict take(List<Ask> asks) {
        var taken = new ArrayList<Bucket>();
        var exceeded = new ArrayList<Verdict.Exceeded>();
        for (var ask : asks) {
            var bucket = bucket(ask);
            var probe = bucket.tryConsumeAndReturnRemaining(1);
            if (probe.isConsumed()) {
                taken.add(bucket);
            } else {
                var wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
                exceeded.add(new Verdict.Exceeded(ask.limit().name(), wait));
            }
        }
        if (exceeded.isEmpty()) {
            return new Verdict.Allowed();
        }
        taken.forEach(bucket -> bucket.addTokens(1));
        return exceeded.stream()
                .max(Comparator.comparing(Verdict.Exceeded::retryAfter))
                .orElseThrow();
    }

    private Bucket bucket(Ask ask) {
        return buckets.computeIfAbsent(ask.limit().name(), _ -> cache()).get(ask, this::newBucket);
    }

    private Cache<Ask, Bucket> cache() {
        return Caffeine.newBuilder()
                .maximumSize(size)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.<Ask, Bucket>accessing((ask, _) -> longestPeriod(ask.limit())))
                .build();
    }

    private Bucket newBucket(Ask ask) {
        var builder = Bucket.builder().withCustomTimePrecision(new Clock(nanos));
        for (var rate : ask.limit().rates()) {
            builder.addLimit(limit -> limit.capacity(rate.most()).refillIntervally(rate.most(), rate.period()));
        }
        return builder.build();
    }

    private static Duration longestPeriod(Limit limit) {
        return limit.rates().stream()
                .map(Rate::period)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// Our time for Bucket4j.
    private record Clock(LongSupplier nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
