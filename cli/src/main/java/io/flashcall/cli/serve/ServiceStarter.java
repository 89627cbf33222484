package io.flashcall.cli.serve;

import io.flashcall.server.UnusableConfigException;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts the service that a command runs; the wiring's, or a test's.
@FunctionalInterface
public interface ServiceStarter {

    /// Returns once it takes requests.
    ///
    /// @param again reads the configuration anew, when a reload is asked for; throws what the first reading does
    /// @throws IOException when a file or an address cannot be used, naming it
    /// @throws UnusableConfigException when the parts of the configuration do not fit each other
    Running start(ServerConfig config, Supplier<ServerConfig> again) throws IOException;

    /// A service that takes requests.
    interface Running extends AutoCloseable {

        /// Where.
        URI url();

        /// Makes an API key.
        ///
        /// @return the whole key
        String createKey(Scope scope, Optional<AppId> app, String name);

        /// Has it use what has changed in its configuration, as far as it can while it runs.
        Reloaded reload();

        /// Takes no more, lets calls that are in the air end, and closes everything.
        @Override
        void close();
    }
}
