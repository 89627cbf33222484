package io.flashcall.benchmarks.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
class PinnedTest {

    @TempDir
    private Path folder;

    @Test
    void the_time_of_a_process_is_that_of_its_threads() throws IOException, InterruptedException {
        var busy = List.of("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; echo done; exec sleep 20");
        try (var process = Pinned.start(Rig.ANY, busy, folder, "busy")) {
            process.awaitOut(Pattern.compile("done"), Duration.ofSeconds(20));
            var before = process.cpu();
            var ofThreads = process.cpuByThread().values().stream().reduce(Duration.ZERO, Duration::plus);
            assertThat(ofThreads).isPositive().isBetween(before, process.cpu());
        }
    }
}
