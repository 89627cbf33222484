package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A server configuration of a test, and what reading it says.
final class ServerFile {

    /// An engine with the trunk `a`, which owns +442079460000 to +442079461999; five lines.
    static final String ENGINE = """
            engine:
              trunks:
                a: {target: 127.0.0.1:5070, caller_ids: [+442079460xxx, +442079461xxx], flash_calls_allowed: true}
                b: {target: 127.0.0.1:5071, caller_ids: [+12025550xxx], flash_calls_allowed: true}
            """;

    /// A pool of the trunk `a`; two lines.
    static final String POOL = """
            pools:
              uk: {owner: Us, proof: order 1, country: GB, trunks: a, numbers: +442079460xxx}
            """;

    private final Path file;
    private final Map<String, String> variables;

    ServerFile(Path directory, String text) {
        this(directory, text, Map.of());
    }

    ServerFile(Path directory, String text, Map<String, String> variables) {
        this.file = directory.resolve("server.yaml");
        this.variables = variables;
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerConfig config() {
        return ServerConfigReader.read(file, variables);
    }

    /// The message, with the directory of the test left out.
    String complaint() {
        var exception = catchThrowableOfType(ConfigFileException.class, this::config);
        assertThat(exception).as("a problem").isNotNull();
        return String.valueOf(exception.getMessage()).replace(file.getParent() + "/", "");
    }

    /// Asserts that these are all the problems, in this order.
    void complains(String... lines) {
        var header = "server.yaml: " + lines.length + (lines.length == 1 ? " problem" : " problems");
        assertThat(complaint()).isEqualTo(header + "\n  " + String.join("\n  ", lines));
    }
}
