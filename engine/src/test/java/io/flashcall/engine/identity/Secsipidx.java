package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program secsipidx, run in a folder.
final class Secsipidx {

    private static final Path PROGRAM = Path.of("/usr/bin/secsipidx");

    private final Path folder;

    Secsipidx(Path folder) {
        assertThat(PROGRAM)
                .as("secsipidx: install the Debian package secsipidx")
                .isExecutable();
        this.folder = folder;
    }

    record Result(int code, String said) {}

    /// Has it check the value of an Identity header, no older than a minute.
    Result check(String identityFile, String publicKey) throws IOException, InterruptedException {
        return run("-check", "-fidentity", identityFile, "-fpubkey", publicKey, "-expire", "60");
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        var out = folder.resolve("out.txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1).strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
