package io.flashcall.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where things are. Callers run on the first processor, the far end on the second.
///
/// @param home      of the installation
/// @param java      the JVM's launcher
/// @param classPath of the benchmarks
/// @param work      for what a run needs, removed after it
/// @param results   where figures are kept
public record Rig(Path home, Path java, String classPath, Path work, Path results) implements AutoCloseable {

    public static final int CALLER = 0;
    public static final int FAR_END = 1;

    /// Of no processor in particular.
    public static final int ANY = -1;

    /// A rig with an empty folder to work in.
    public static Rig open(Path home, String classPath, Path results) throws IOException {
        Files.createDirectories(results.resolve("hlog"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Rig(home, java, classPath, Files.createTempDirectory("flashcall-bench-"), results);
    }

    /// The `flashcall` command with its arguments.
    public List<String> flashcall(String... arguments) {
        var command = new ArrayList<>(List.of(home.resolve("flashcall").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// A program of the benchmarks in a JVM of its own, with the flags that the launcher chooses.
    public List<String> program(Class<?> main, List<String> flags, Object... arguments) {
        return program(main.getName(), flags, arguments);
    }

    /// The same for one whose class cannot be loaded here.
    public List<String> program(String main, List<String> flags, Object... arguments) {
        var command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-Xmn64m",
                "-XX:SurvivorRatio=2",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    public Pinned start(int processor, List<String> command, String name) throws IOException {
        return Pinned.start(processor, command, work, name);
    }

    /// Writes a file that a process is to read.
    public Path write(String name, String text) {
        try {
            return Files.writeString(work.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last line that is a JSON object; an empty one if there is none.
    public static JsonNode lastJson(String out) {
        var mapper = JsonMapper.shared();
        return out.lines()
                .filter(line -> line.startsWith("{"))
                .reduce((_, line) -> line)
                .map(mapper::readTree)
                .orElseGet(mapper::createObjectNode);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
