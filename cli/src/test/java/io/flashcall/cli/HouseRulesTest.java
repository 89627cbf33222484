package io.flashcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the house forbids in its own files. The patterns are written so that they do not find themselves.
class HouseRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "cli"))
            .toAbsolutePath()
            .resolve("..")
            .normalize();
    private static final Set<String> NOT_OURS = Set.of(".git", ".flashcall", ".idea", ".vscode", "target", "data");
    private static final Predicate<String> JAVA = matching(".*\\.java");
    private static final Predicate<String> TEST = matching(".*src/test/.*\\.java");
    private static final Predicate<String> SOURCE =
            matching("flashcall|\\.ci/run|.*\\.(java|sh|xml|yaml|yml|properties)");
    private static final Predicate<String> ANY = matching(".*");

    private static List<Path> files = List.of();

    @BeforeAll
    static void collectFiles() throws IOException {
        files = ours();
    }

    @Test
    void finds_the_files_it_is_to_judge() {
        assertThat(files).contains(ROOT.resolve("pom.xml"), ROOT.resolve("flashcall"), ROOT.resolve(".ci/run"));
    }

    @Test
    void no_test_sleeps() {
        assertThat(lines(TEST, "\\bThread\\s*\\.\\s*sleep\\b|\\bTimeUnit\\.\\w+\\.sleep\\b"))
                .isEmpty();
    }

    @Test
    void no_test_is_switched_off() {
        assertThat(lines(TEST, "@(Disabled|Ignore)\\b")).isEmpty();
    }

    @Test
    void whatever_is_left_to_do_names_its_issue() {
        assertThat(lines(SOURCE, "\\b(TO[D]O|FIX[M]E)\\b(?!\\s*\\(?#\\d)")).isEmpty();
    }

    @Test
    void no_stack_trace_is_printed_past_the_log() {
        assertThat(lines(JAVA, "\\bprintStackTrace\\s*\\(\\s*\\)")).isEmpty();
    }

    @Test
    void no_file_names_a_package_registry() {
        assertThat(lines(
                        ANY,
                        "\\b(repo1?\\.maven|maven\\.google|central\\.sonatype|[\\w-]*oss\\.sonatype|jitpack\\.io"
                                + "|plugins\\.gradle\\.org|registry\\.(npmjs|yarnpkg|hub)|pypi\\.org|proxy\\.golang"
                                + "|docker\\.io|ghcr\\.io|quay\\.io)\\b"))
                .isEmpty();
    }

    @Test
    void no_file_names_a_place_on_somebodys_machine() {
        assertThat(lines(ANY, "(?<![\\w.-])/(work|root|home/\\w+|Users/\\w+)/")).isEmpty();
    }

    private static Predicate<String> matching(String name) {
        return Pattern.compile(name).asMatchPredicate();
    }

    private static List<String> lines(Predicate<String> which, String forbidden) {
        Pattern pattern = Pattern.compile(forbidden);
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String name = ROOT.relativize(file).toString().replace('\\', '/');
            if (!which.test(name)) continue;
            int number = 0;
            for (String line : read(file).split("\n", -1)) {
                number++;
                if (pattern.matcher(line).find()) found.add(name + ":" + number + ": " + line.strip());
            }
        }
        return found;
    }

    /// ISO-8859-1, for the corpora hold bytes that are no UTF-8, and every pattern is ASCII.
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> ours() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = NOT_OURS.contains(folder.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                // In a worktree of git's, .git is a file that names the folder of its repository.
                if (!name.equals(".git") && !name.endsWith(".log") && !name.endsWith(".hprof")) found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
