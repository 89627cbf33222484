package io.flashcall.server.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flashcall.verification.Vault;
import io.flashcall.verification.guard.Limiter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/// Counts for all nodes together, in rows of the database: the same buckets as
/// [io.flashcall.verification.guard.BucketLimiter]'s, filled by the clocks of the nodes. What the table is
/// keyed by are keyed hashes. A key that is over its limit is remembered here until it is not, so that a
/// flood of it does not reach the database. Where the database does not answer, neither does this: nothing
/// could be started then anyway. Thread-safe.
final class PostgresLimiter implements Limiter {

    private static final int REMEMBERED = 100_000;
    private static final int SWEPT_AT_ONCE = 1_000;

    private final Vault vault;
    private final TimeMeter clock;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Cache<String, Long> exceededUntil = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /// @param epochNanos time, since 1970
    PostgresLimiter(DataSource source, Vault vault, LongSupplier epochNanos) {
        this.vault = vault;
        this.clock = new Clock(epochNanos);
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("limits")
                .clientClock(clock)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO))
                .build();
    }

    /// Names the limit that takes longest to allow it, where several do not.
    @Override
    public Verdict take(List<Ask> asks) {
        var taken = new ArrayList<Bucket>();
        var exceeded = new ArrayList<Verdict.Exceeded>();
        for (var ask : asks) {
            var key = key(ask);
            long wait = knownWait(key);
            if (wait <= 0) {
                var bucket = buckets.getProxy(key, () -> configuration(ask.limit()));
                var probe = bucket.tryConsumeAndReturnRemaining(1);
                if (probe.isConsumed()) {
                    taken.add(bucket);
                    continue;
                }
                wait = probe.getNanosToWaitForRefill();
                exceededUntil.put(key, clock.currentTimeNanos() + wait);
            }
            exceeded.add(new Verdict.Exceeded(ask.limit().name(), Duration.ofNanos(wait)));
        }
        if (exceeded.isEmpty()) {
            return new Verdict.Allowed();
        }
        taken.forEach(bucket -> bucket.addTokens(1));
        return exceeded.stream()
                .max(Comparator.comparing(Verdict.Exceeded::retryAfter))
                .orElseThrow();
    }

    /// Deletes buckets that are full again. Several nodes may do so at once.
    void sweep() {
        while (buckets.removeExpired(SWEPT_AT_ONCE) == SWEPT_AT_ONCE) {
            // There may be more.
        }
    }

    private long knownWait(String key) {
        var until = exceededUntil.getIfPresent(key);
        if (until == null) {
            return 0;
        }
        long wait = until - clock.currentTimeNanos();
        if (wait <= 0) {
            exceededUntil.invalidate(key);
        }
        return wait;
    }

    /// With the rates, so that a limit that is configured anew begins anew.
    private String key(Ask ask) {
        return vault.mac("limit", ask.limit().toString(), ask.key());
    }

    private static BucketConfiguration configuration(Limit limit) {
        var builder = BucketConfiguration.builder();
        for (var rate : limit.rates()) {
            builder.addLimit(line -> line.capacity(rate.most()).refillIntervally(rate.most(), rate.period()));
        }
        return builder.build();
    }

    /// Our time for Bucket4j.
    private record Clock(LongSupplier nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
