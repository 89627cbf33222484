package io.flashcall.cli.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import io.flashcall.engine.E164;
import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.store.SqlStore;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.Terms;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EraseCommandTest {

    private final Shell shell = new Shell();

    @TempDir
    private Path folder;

    @Test
    void it_says_how_many_sessions_there_were() throws IOException {
        var config = SandboxFile.in(folder);
        store(config).close();

        assertThat(shell.run("erase", "--to=+447700900123", "--config=" + config))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("erased 0 sessions");
    }

    /// From another folder a relative path is another one.
    @Test
    void where_there_is_no_store_it_says_so_and_makes_none() throws IOException {
        assertThat(shell.run("erase", "--to=+447700900123", "--config=" + SandboxFile.in(folder)))
                .isEqualTo(2);

        assertThat(shell.err()).contains("There is no store at " + folder.resolve("flashcall.db"));
        assertThat(folder.resolve("flashcall.db")).doesNotExist();
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void a_pending_session_is_canceled_and_forgotten_with_the_rest() throws IOException {
        var config = SandboxFile.in(folder);
        var id = SessionId.next(Instant.now(), new Random(1));
        try (var store = store(config)) {
            var intent = new Intent(
                    new E164("447700900123"),
                    "GB",
                    "login",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            var terms = new Terms(
                    4, Duration.ofMinutes(5), 3, 3, List.of(PlannedChannel.FLASH_CALL), Duration.ofSeconds(1));
            var started = Session.start(
                    new Opening(id, new AppId("demo"), intent, terms, Instant.now(), Opening.Claims.NONE));
            store.sessions().create(Write.of(started, List.of()));
        }
        assertThat(shell.run("erase", "--to=+447700900123", "--config=" + config))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("erased 1 session");
        try (var store = store(config)) {
            var forgotten = store.sessions().find(id).orElseThrow();
            assertThat(forgotten.status()).isEqualTo(Status.CANCELED);
            assertThat(forgotten.opening().intent().isRemoved()).isTrue();
        }
    }

    private static SqlStore store(Path config) throws IOException {
        var storage = ServerConfigReader.read(config).storage();
        var vault = new Vault(storage.masterKey().load());
        return SqlStore.open(storage.store(), new AppCodec(), new PoolCodec(), vault);
    }

    @Test
    void a_number_that_is_none_is_refused_masked() throws IOException {
        assertThat(shell.run("erase", "--to=07700900123", "--config=" + SandboxFile.in(folder)))
                .isEqualTo(2);
        assertThat(shell.err()).contains("0770*******", "E.164").doesNotContain("07700900123");
    }
}
