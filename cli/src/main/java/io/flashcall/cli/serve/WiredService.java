package io.flashcall.cli.serve;

import io.flashcall.server.Service;
import io.flashcall.server.Wiring;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The real service.
public record WiredService(Service service) implements ServiceStarter.Running {

    /// A [ServiceStarter].
    public static WiredService start(ServerConfig config) throws IOException {
        return new WiredService(Wiring.start(config));
    }

    @Override
    public URI url() {
        return service.url();
    }

    @Override
    public String createKey(Scope scope, Optional<AppId> app, String name) {
        return service.createKey(scope, app, name);
    }

    @Override
    public void close() {
        service.close();
    }
}
