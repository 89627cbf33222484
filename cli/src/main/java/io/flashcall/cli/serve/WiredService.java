package io.flashcall.cli.serve;

import io.flashcall.server.Service;
import io.flashcall.server.Wiring;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// The real service.
public record WiredService(Service service) implements ServiceStarter.Running {

    /// A [ServiceStarter].
    public static WiredService start(ServerConfig config, Supplier<ServerConfig> again) throws IOException {
        return new WiredService(Wiring.start(config, again));
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
    public Reloaded reload() {
        return service.reload();
    }

    @Override
    public void close() {
        service.close();
    }
}
