package io.flashcall.server.store;

import static io.flashcall.verification.store.Sample.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Play;
import io.flashcall.verification.store.PostgresServer;
import io.flashcall.verification.store.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresStoreTest {

    @Test
    void several_nodes_that_start_at_once_make_the_tables_once() throws Exception {
        var database = PostgresStorage.bareDatabase();

        var migrated = Play.atOnce(4, () -> SqlStore.migrate(PostgresStorage.config(database)));

        assertThat(migrated).extracting(SqlStore.Migrated::to).containsOnly(Migrations.LATEST);
        assertThat(SqlStore.migrate(PostgresStorage.config(database)).from()).isEqualTo(Migrations.LATEST);
        PostgresStorage.open(database).close();
    }

    @Test
    void a_database_of_a_later_version_is_refused() {
        var database = PostgresStorage.emptyDatabase();
        PostgresStorage.execute(database, """
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true)""");

        assertThatThrownBy(() -> PostgresStorage.open(database))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("999");
    }

    @Test
    void another_master_key_than_the_databases_own_is_refused() {
        var database = PostgresStorage.emptyDatabase();
        PostgresStorage.open(database).close();
        byte[] key = new byte[Vault.KEY_BYTES];
        Arrays.fill(key, (byte) 1);
        var other = new Vault(key);

        assertThatThrownBy(
                        () -> SqlStore.open(PostgresStorage.config(database), new AppCodec(), new PoolCodec(), other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(PostgresServer.get().url(database))
                .hasMessageContaining(VAULT.keyId())
                .hasMessageContaining(other.keyId());
        PostgresStorage.open(database).close();
    }

    @Test
    void a_database_that_is_not_there_and_a_server_that_does_not_answer_are_told_in_one_line() {
        assertThatThrownBy(() -> PostgresStorage.open("no_such_database"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot open the database jdbc:postgresql:")
                .hasMessageContaining("no_such_database");
        var nobody = new StoreConfig.Server("jdbc:postgresql://127.0.0.1:9/flashcall", "me", "hush", 2);
        assertThatThrownBy(() -> SqlStore.open(nobody, new AppCodec(), new PoolCodec(), VAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:9")
                .hasMessageNotContainingAny("hush", "\n");
    }

    @Test
    void whoever_asks_a_closed_store_is_told_so() {
        var storage = PostgresStorage.fresh();
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.apps().list())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.apps().delete(Sample.SHOP))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void an_error_names_no_value() {
        try (var store = PostgresStorage.fresh()) {
            var opening = Sample.session().opening();
            var play = new Play(store.sessions());
            play.start(opening);

            assertThatThrownBy(() -> play.start(opening))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContaining(opening.id().value())
                    .hasMessageNotContaining(opening.intent().to().digits());
            assertThatThrownBy(() -> store.outbox().add("we_9", EventType.CALL_RINGING, "secret", Sample.NOON))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot add a delivery: ")
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining("we_9");
        }
    }

    @Test
    void transactions_that_cross_each_other_are_run_again_until_all_are_done() throws Exception {
        try (var database = PostgresDatabase.open(PostgresStorage.config(PostgresStorage.emptyDatabase()))) {
            database.change("save", "INSERT INTO meta (name, value) VALUES ('a', '0'), ('b', '0')");
            var turn = new AtomicInteger();

            Play.atOnce(Collections.nCopies(
                    8,
                    () -> database.write("cross", sql -> {
                        boolean forth = turn.getAndIncrement() % 2 == 0;
                        var add = "UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = ?";
                        sql.update(add, forth ? "a" : "b");
                        return sql.update(add, forth ? "b" : "a");
                    })));

            var sums = database.read("read", sql -> {
                try (var rows = sql.query("SELECT sum(CAST(value AS INTEGER)) FROM meta WHERE name IN ('a', 'b')")) {
                    rows.next();
                    return rows.number();
                }
            });
            assertThat(sums).isEqualTo(16);
        }
    }

    @Test
    void a_connection_that_breaks_is_replaced_and_what_was_not_committed_is_done_again() {
        var name = PostgresStorage.emptyDatabase();
        try (var database = PostgresDatabase.open(PostgresStorage.config(name))) {
            var tries = new AtomicInteger();

            int changed = database.write("save", sql -> {
                sql.update("INSERT INTO meta (name, value) VALUES ('a', '1')");
                if (tries.incrementAndGet() == 1) {
                    PostgresStorage.execute(
                            "postgres",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
                }
                return sql.update("UPDATE meta SET value = '2' WHERE name = 'a'");
            });

            assertThat(changed).isEqualTo(1);
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void what_is_queued_is_done_in_its_order_before_what_is_asked() {
        try (var database = PostgresDatabase.open(PostgresStorage.config(PostgresStorage.emptyDatabase()))) {
            var seen = database.write("save", sql -> {
                sql.queue("INSERT INTO meta (name, value) VALUES (?, ?)", "a", "1");
                for (int i = 2; i <= 100; i++) {
                    sql.queue("UPDATE meta SET value = ? WHERE name = ? AND value = ?", "" + i, "a", "" + (i - 1));
                }
                try (var rows = sql.query("SELECT value FROM meta WHERE name = ?", "a")) {
                    rows.next();
                    return rows.text();
                }
            });

            assertThat(seen).isEqualTo("100");
        }
    }
}
