package io.flashcall.testbed.peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program of the system, and the Debian package that brings it.
///
/// @param name as on the command line
record Program(String name, String debianPackage) {

    /// Where the system keeps what only its administrator usually calls.
    private static final List<Path> ALSO = List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"));

    /// Its file.
    ///
    /// @throws IllegalStateException if it is not installed, naming the package
    Path file() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            folders.add(Path.of(folder));
        }
        folders.addAll(ALSO);
        for (Path folder : folders) {
            Path file = folder.resolve(name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        throw new IllegalStateException(
                "cannot find " + name + " (expected: on the PATH; Debian's package is " + debianPackage + ")");
    }

    /// What it prints with these arguments, ended within ten seconds.
    ///
    /// @param folder where it runs
    /// @throws IllegalStateException with what it printed, if it ends with anything but 0
    String run(Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("timeout", "10", file().toString()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " failed (expected: exit code 0): " + text);
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ran", e);
        }
    }
}
