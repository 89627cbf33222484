package io.flashcall.cli;

import io.flashcall.cli.sandbox.SandboxConfig;
import io.flashcall.server.config.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A configuration in a test's folder.
public final class SandboxFile {

    private SandboxFile() {}

    /// A service that calls nobody's carrier.
    public static Path in(Path folder) throws IOException {
        return in(folder, "127.0.0.1:9");
    }

    public static Path in(Path folder, String carrier) throws IOException {
        var config = new SandboxConfig(
                folder,
                Addresses.parse("127.0.0.1:0", 0),
                Addresses.parse(carrier, 0),
                Optional.empty(),
                SandboxConfig.Pace.LOAD);
        return Files.writeString(folder.resolve("server.yaml"), config.text());
    }
}
