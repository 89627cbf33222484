package io.flashcall.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.verification.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteCrashTest {

    private static final int ENOUGH = 500;

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void whatever_was_answered_before_the_process_was_killed_is_there() throws Exception {
        var answered = answeredUntilKilled();

        try (var store = SqliteStorage.in(folder)) {
            assertThat(answered).hasSizeGreaterThanOrEqualTo(ENOUGH);
            for (var id : answered) {
                assertThat(store.sessions().find(id)).isPresent();
                assertThat(store.sessions().timeline(id)).hasSize(1);
            }
        }
    }

    private List<SessionId> answeredUntilKilled() throws IOException, InterruptedException {
        var output = folder.resolve("answered");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> answered(output).size() >= ENOUGH);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return answered(output);
    }

    /// The last line may have been cut off.
    private static List<SessionId> answered(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(SessionId::isSessionId)
                .map(SessionId::new)
                .toList();
    }
}
