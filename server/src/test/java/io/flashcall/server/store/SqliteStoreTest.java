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
import io.flashcall.verification.store.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteStoreTest {

    @TempDir
    private Path folder;

    @Test
    void a_new_database_is_made_with_its_folders() {
        var file = folder.resolve("a/b/flashcall.db");

        try (var store = open(file, VAULT)) {
            assertThat(store.apps().list()).isEmpty();
        }

        assertThat(file).isRegularFile();
        assertThat(file.getParent()).isDirectory();
    }

    @Test
    void a_database_that_was_closed_leaves_one_file() throws IOException {
        open(folder.resolve("flashcall.db"), VAULT).close();

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("flashcall.db"));
        }
    }

    @Test
    void another_master_key_than_the_databases_own_is_refused() {
        var file = folder.resolve("flashcall.db");
        open(file, VAULT).close();
        byte[] key = new byte[Vault.KEY_BYTES];
        Arrays.fill(key, (byte) 1);
        var other = new Vault(key);

        assertThatThrownBy(() -> open(file, other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(VAULT.keyId())
                .hasMessageContaining(other.keyId());
        open(file, VAULT).close();
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        var file = Files.writeString(
                folder.resolve("flashcall.db"), "something else altogether, and not short\n".repeat(99));

        assertThatThrownBy(() -> open(file, VAULT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_folder_is_no_database() {
        assertThatThrownBy(() -> open(folder, VAULT)).isInstanceOf(StoreException.class);
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> open(file.resolve("flashcall.db"), VAULT)).isInstanceOf(StoreException.class);
    }

    @Test
    void whoever_asks_a_closed_store_is_told_so() {
        var store = open(folder.resolve("flashcall.db"), VAULT);
        store.close();
        store.close();

        assertThatThrownBy(() -> store.apps().list())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.apps().delete(Sample.SHOP))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void two_processes_may_share_a_database() {
        var file = folder.resolve("flashcall.db");
        try (var service = open(file, VAULT);
                var command = open(file, VAULT)) {
            var id = new Play(service.sessions()).start(Sample.session()).id();

            new Play(command.sessions()).cancel(id, Sample.NOON);

            assertThat(service.sessions().find(id).orElseThrow().endedAt()).contains(Sample.NOON);
        }
    }

    @Test
    void an_error_names_no_value() {
        try (var store = open(folder.resolve("flashcall.db"), VAULT)) {
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
    void what_was_answered_is_on_disk_though_nobody_closed_the_store() throws IOException {
        var file = folder.resolve("flashcall.db");
        var copy = folder.resolve("copy.db");
        try (var store = open(file, VAULT)) {
            var session = new Play(store.sessions()).start(Sample.session());

            // The files as a crash would leave them.
            Files.copy(file, copy);
            Files.copy(folder.resolve("flashcall.db-wal"), folder.resolve("copy.db-wal"));
            try (var after = open(copy, VAULT)) {
                assertThat(after.sessions().find(session.id())).isEqualTo(Optional.of(session));
            }
        }
    }

    private static SqlStore open(Path file, Vault vault) {
        return SqlStore.open(new StoreConfig.File(file), new AppCodec(), new PoolCodec(), vault);
    }
}
