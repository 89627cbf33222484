package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.TrunkConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A configuration file of a test, and what reading it says.
final class ConfigFile {

    /// The least that a trunk needs.
    static final String TRUNK = """
            trunks:
              carrier-a:
                target: 192.0.2.10:5060
                caller_ids: [+12025550100]
                flash_calls_allowed: true
            """;

    private final Path file;

    ConfigFile(Path directory, String text) {
        this.file = directory.resolve("engine.yaml");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EngineConfig config() {
        return config(Map.of());
    }

    EngineConfig config(Map<String, String> variables) {
        return EngineConfigReader.read(file, variables);
    }

    TrunkConfig trunk() {
        return config().trunks().getFirst();
    }

    /// The message, with the directory of the test left out.
    String complaint() {
        return complaint(Map.of());
    }

    String complaint(Map<String, String> variables) {
        var exception = catchThrowableOfType(ConfigFileException.class, () -> EngineConfigReader.read(file, variables));
        assertThat(exception).as("a problem").isNotNull();
        return String.valueOf(exception.getMessage()).replace(file.toString(), "engine.yaml");
    }

    /// Asserts that these are all the problems, in this order.
    void complains(String... lines) {
        var header = "engine.yaml: " + lines.length + (lines.length == 1 ? " problem" : " problems");
        assertThat(complaint()).isEqualTo(header + "\n  " + String.join("\n  ", lines));
    }
}
