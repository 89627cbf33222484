package io.flashcall.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessReloadTest {

    /// A shell of its own sends it, as an operator's would.
    @Test
    void SIGHUP_is_a_request_and_no_end() throws IOException, InterruptedException {
        var asked = new Semaphore(0);
        new ProcessReload().on(asked::release);
        for (int i = 0; i < 2; i++) {
            var kill = new ProcessBuilder(
                            "kill", "-HUP", "" + ProcessHandle.current().pid())
                    .redirectErrorStream(true)
                    .start();
            assertThat(kill.waitFor()).isZero();
            assertThat(asked.tryAcquire(10, TimeUnit.SECONDS))
                    .as("request %d", i)
                    .isTrue();
        }
    }
}
