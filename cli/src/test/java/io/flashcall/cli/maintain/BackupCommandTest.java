package io.flashcall.cli.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.store.SqlStore;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Play;
import io.flashcall.verification.store.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackupCommandTest {

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    @Test
    void a_copy_made_while_others_write_has_all_that_was_there_before_it_and_can_be_used() throws Exception {
        var config = SandboxFile.in(folder);
        var copy = folder.resolve("copy.db");
        var before = new ArrayList<SessionId>();
        var done = new AtomicBoolean();
        try (var store = open(config, folder.resolve("flashcall.db"))) {
            var play = new Play(store.sessions());
            for (int i = 0; i < 50; i++) {
                before.add(play.start(Sample.session()).id());
            }
            var writer = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    play.start(Sample.session());
                }
            });

            assertThat(shell.run("backup", "--to=" + copy, "--config=" + config))
                    .as(shell.err())
                    .isZero();

            done.set(true);
            writer.join();
        }
        assertThat(shell.out()).contains("copied ", copy.toString(), " bytes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (var store = open(config, copy)) {
            assertThat(before)
                    .allSatisfy(id -> assertThat(store.sessions().find(id)).isPresent());
        }
    }

    @Test
    void a_file_that_exists_is_not_overwritten() throws IOException {
        var config = SandboxFile.in(folder);
        shell.run("migrate", "--config=" + config);
        var copy = Files.writeString(folder.resolve("copy.db"), "precious");

        assertThat(shell.run("backup", "--to=" + copy, "--config=" + config)).isEqualTo(2);
        assertThat(shell.err()).contains("it exists");
        assertThat(copy).hasContent("precious");
    }

    @Test
    void where_there_is_no_store_nothing_is_made() throws IOException {
        var copy = folder.resolve("copy.db");

        assertThat(shell.run("backup", "--to=" + copy, "--config=" + SandboxFile.in(folder)))
                .isEqualTo(2);
        assertThat(shell.err()).contains("there is no such database");
        assertThat(folder.resolve("flashcall.db")).doesNotExist();
        assertThat(copy).doesNotExist();
    }

    @Test
    void on_postgresql_it_names_the_tool_to_use() throws Exception {
        var config = SandboxFile.in(folder);
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("store: .*", "store: {url: \"jdbc:postgresql://127.0.0.1:9/flashcall\"}"));

        assertThat(shell.run("backup", "--to=copy", "--config=" + config)).isEqualTo(2);
        assertThat(List.of(shell.err().split("\n")).getFirst())
                .contains("pg_dump --format=custom --file=copy --dbname=postgresql://127.0.0.1:9/flashcall");
    }

    private static SqlStore open(Path config, Path file) throws IOException {
        var vault =
                new Vault(ServerConfigReader.read(config).storage().masterKey().load());
        return SqlStore.open(new StoreConfig.File(file), new AppCodec(), new PoolCodec(), vault);
    }
}
