package io.flashcall.cli.serve;

import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.net.URI;
import java.util.Optional;

/// Starts the service that a command runs; the wiring's, or a test's.
@FunctionalInterface
public interface ServiceStarter {

    /// Returns once it takes requests.
    Running start(ServerConfig config);

    /// A service that takes requests.
    interface Running extends AutoCloseable {

        /// Where.
        URI url();

        /// Makes an API key.
        ///
        /// @return the whole key
        String createKey(Scope scope, Optional<AppId> app, String name);

        /// Takes no more, lets calls that are in the air end, and closes everything.
        @Override
        void close();
    }
}
