package io.flashcall.cli.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.Shell;
import java.io.IOException;
import java.nio.file.Path;
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
        assertThat(shell.run("erase", "--to=+447700900123", "--config=" + SandboxFile.in(folder)))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines("erased 0 sessions");
    }

    @Test
    void a_number_that_is_none_is_refused_masked() throws IOException {
        assertThat(shell.run("erase", "--to=07700900123", "--config=" + SandboxFile.in(folder)))
                .isEqualTo(2);
        assertThat(shell.err()).contains("0770*******", "E.164").doesNotContain("07700900123");
    }
}
