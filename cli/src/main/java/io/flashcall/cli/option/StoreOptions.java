package io.flashcall.cli.option;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.store.SqlStore;
import io.flashcall.server.store.StoreException;
import io.flashcall.verification.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The service's configuration, and the store that it names: shared by the commands that work beside a service.
public final class StoreOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of the service (default: conf/server.yaml of this installation).")
    private @Nullable Path config;

    /// @throws picocli.CommandLine.ParameterException naming every problem of the file
    public ServerConfig read() {
        try {
            return ServerConfigReader.read(file());
        } catch (ConfigFileException e) {
            throw Values.bad(spec, String.valueOf(e.getMessage()));
        }
    }

    /// Reads the file anew, when it may have changed.
    ///
    /// @throws ConfigFileException naming every problem of the file
    public ServerConfig readAgain() {
        return ServerConfigReader.read(file());
    }

    /// Opens the store, also while a service uses it.
    ///
    /// @throws picocli.CommandLine.ParameterException saying why it cannot be used, or that there is none
    public OpenStore open() {
        var storage = read().storage();
        requireStore(storage);
        return open(storage);
    }

    /// The same; a file is made where there is none.
    ///
    /// @throws picocli.CommandLine.ParameterException saying why it cannot be used
    public OpenStore openOrMake() {
        return open(read().storage());
    }

    /// An empty store that was made on the spot would make a command succeed that has done nothing.
    private void requireStore(ServerConfig.Storage storage) {
        if (storage.store() instanceof StoreConfig.File(var path) && !Files.exists(path)) {
            throw Values.bad(
                    spec,
                    "There is no store at " + path.toAbsolutePath()
                            + " (expected: one that serve has made; a relative path counts from where you are)");
        }
    }

    private OpenStore open(ServerConfig.Storage storage) {
        try {
            var vault = new Vault(storage.masterKey().load());
            return new OpenStore(SqlStore.open(storage.store(), new AppCodec(), new PoolCodec(), vault), vault);
        } catch (IOException | StoreException e) {
            throw Values.bad(spec, "The store of " + file() + " cannot be used: " + e.getMessage());
        }
    }

    private Path file() {
        var home = Path.of(System.getProperty("flashcall.home", ""));
        return config == null ? home.resolve("conf", "server.yaml") : config;
    }
}
