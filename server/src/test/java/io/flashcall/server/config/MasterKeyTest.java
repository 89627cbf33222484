package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.verification.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MasterKeyTest {

    @TempDir
    Path directory;

    @Test
    void a_file_that_is_not_there_is_made_for_its_owner_alone() throws IOException {
        var file = directory.resolve("data/master.key");

        byte[] key = new MasterKey.InFile(file).load();

        assertThat(key).hasSize(Vault.KEY_BYTES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new MasterKey.InFile(file).load()).isEqualTo(key);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void all_who_start_at_once_get_the_same_key() throws Exception {
        var key = new MasterKey.InFile(directory.resolve("master.key"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> loads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                loads.add(threads.submit(key::load));
            }
            for (var load : loads) {
                assertThat(load.get()).isEqualTo(key.load());
            }
        }
    }

    @Test
    void a_file_that_holds_no_key_is_refused_and_kept() throws IOException {
        var file = Files.writeString(directory.resolve("master.key"), "c2VjcmV0\n");

        assertThatThrownBy(() -> new MasterKey.InFile(file).load())
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("master.key", "6 bytes", "32 random bytes")
                .hasMessageNotContaining("c2VjcmV0");
        assertThat(Files.readString(file)).isEqualTo("c2VjcmV0\n");
    }

    @Test
    void a_given_key_is_checked_at_once_and_never_printed() {
        var text = "A".repeat(43) + "=";

        assertThat(new MasterKey.Given(text).load()).isEqualTo(new byte[Vault.KEY_BYTES]);
        assertThat(new MasterKey.Given(text).toString()).doesNotContain("A".repeat(8));
        assertThatThrownBy(() -> new MasterKey.Given("no secret!"))
                .hasMessageStartingWith("master key: ***")
                .hasMessageNotContaining("secret!");
    }
}
