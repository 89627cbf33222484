package io.flashcall.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a run took place, as its figures must say.
///
/// @param processor the model, and how many of them
/// @param kernel    name and version
/// @param jdk       vendor and version
/// @param commit    short, with `-changed` where files differ from it; `unknown` outside of a repository
record Machine(String processor, String kernel, String jdk, String commit) {

    private static final String CHANGED = "-changed";
    private static final String UNKNOWN = "unknown";

    static Machine here(Path home) throws IOException, InterruptedException {
        String model;
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
        return new Machine(
                Runtime.getRuntime().availableProcessors() + " × " + model,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                commit(home));
    }

    private static String commit(Path home) throws IOException, InterruptedException {
        var git = new ProcessBuilder("git", "describe", "--always", "--dirty=" + CHANGED, "--exclude=*")
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 && !said.isEmpty() ? said : UNKNOWN;
    }

    /// Whether the code is that of a commit, and nothing else.
    boolean isOfACommit() {
        return !commit.endsWith(CHANGED) && !commit.equals(UNKNOWN);
    }

    @Override
    public String toString() {
        return processor + ", " + kernel + ", " + jdk + ", commit " + commit;
    }
}
