package io.flashcall.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.verification.guard.Limiter;
import io.flashcall.verification.guard.Limiter.Ask;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limiter.Verdict.Allowed;
import io.flashcall.verification.guard.Limiter.Verdict.Exceeded;
import io.flashcall.verification.guard.LimiterContract;
import io.flashcall.verification.store.PostgresServer;
import io.flashcall.verification.store.Sample;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresLimiterTest extends LimiterContract {

    private static final Limit LIMIT = new Limit("starts", List.of(new Rate(20, Duration.ofHours(1))));

    private final String name = PostgresStorage.emptyDatabase();
    private final PostgresDatabase database = PostgresDatabase.open(PostgresStorage.config(name));
    private final PostgresDatabase other = PostgresDatabase.open(PostgresStorage.config(name));

    @AfterEach
    void closeBoth() {
        database.close();
        other.close();
    }

    @Override
    protected Limiter limiter(LongSupplier nanos) {
        return new PostgresLimiter(database.counters(), Sample.VAULT, nanos);
    }

    @Test
    void two_nodes_count_together() {
        var allowed = new AtomicInteger();
        var one = new PostgresLimiter(database.counters(), Sample.VAULT, () -> 1_000);
        var two = new PostgresLimiter(other.counters(), Sample.VAULT, () -> 1_000);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                var limiter = i % 2 == 0 ? one : two;
                threads.execute(() -> {
                    if (limiter.take(List.of(new Ask(LIMIT, "shop"))) instanceof Allowed) {
                        allowed.incrementAndGet();
                    }
                });
            }
        }
        assertThat(allowed).hasValue(20);
    }

    @Test
    void who_is_over_a_limit_is_told_so_without_the_database_until_it_is_time() {
        var nanos = new long[] {1_000};
        var limiter = new PostgresLimiter(database.counters(), Sample.VAULT, () -> nanos[0]);
        var ask = List.of(new Ask(new Limit("once", List.of(new Rate(1, Duration.ofMinutes(1)))), "shop"));
        assertThat(limiter.take(ask)).isEqualTo(new Allowed());
        assertThat(limiter.take(ask)).isInstanceOf(Exceeded.class);
        PostgresStorage.execute(name, "ALTER TABLE limits RENAME TO away");

        nanos[0] += Duration.ofSeconds(59).toNanos();
        assertThat(limiter.take(ask)).isEqualTo(new Exceeded("once", Duration.ofSeconds(1)));

        PostgresStorage.execute(name, "ALTER TABLE away RENAME TO limits");
        nanos[0] += Duration.ofSeconds(1).toNanos();
        assertThat(limiter.take(ask)).isEqualTo(new Allowed());
    }

    @Test
    void the_table_holds_no_key_as_it_is() throws SQLException {
        take(PER_ADDRESS, "192.0.2.77");

        assertThat(keys()).hasSize(1).allSatisfy(key -> assertThat(key).doesNotContain("192.0.2.77", "address"));
    }

    @Test
    void buckets_that_are_full_again_are_swept_and_others_stay() {
        var limiter =
                new PostgresLimiter(database.counters(), Sample.VAULT, () -> System.currentTimeMillis() * 1_000_000);
        var brief = new Limit("brief", List.of(new Rate(1, Duration.ofMillis(50))));
        limiter.take(List.of(new Ask(LIMIT, "shop"), new Ask(brief, "shop")));

        await().untilAsserted(() -> {
            limiter.sweep();
            assertThat(keys()).hasSize(1);
        });
        limiter.sweep();
        assertThat(limiter.take(List.of(new Ask(LIMIT, "shop")))).isEqualTo(new Allowed());
    }

    private List<String> keys() throws SQLException {
        var server = PostgresServer.get();
        var keys = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(server.url(name), server.user(), "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM limits")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }
}
