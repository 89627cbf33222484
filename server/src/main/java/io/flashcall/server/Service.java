package io.flashcall.server;

import io.flashcall.server.config.Reloaded;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running service.
public final class Service implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final URI url;
    private final ApiKeys keys;
    private final Supplier<Reloaded> reload;
    private final Deque<AutoCloseable> parts;

    /// @param reload has the configuration read again and used
    /// @param parts  what is to be closed, last first
    Service(URI url, ApiKeys keys, Supplier<Reloaded> reload, Deque<AutoCloseable> parts) {
        this.url = url;
        this.keys = keys;
        this.reload = reload;
        this.parts = new ArrayDeque<>(parts);
    }

    /// Where its API is.
    public URI url() {
        return url;
    }

    /// Makes an API key.
    ///
    /// @param app  whose; empty for admin keys
    /// @param name what it is for
    /// @return the key, which is not kept
    public String createKey(Scope scope, Optional<AppId> app, String name) {
        var key = KeyText.draw(scope);
        keys.add(ApiKeys.made(key, app, name, Instant.now()));
        return key.text();
    }

    /// Reads the configuration again and uses what a running service can of it: trunks, pools and routes. Calls
    /// that are in the air are not touched; where anything is wrong, nothing changes. The log says what became of
    /// it, too.
    ///
    /// @throws io.flashcall.server.store.StoreException when the store cannot be read or written
    public Reloaded reload() {
        return reload.get();
    }

    /// Takes no more requests, lets live calls end and saves what becomes of them, then closes everything. What is
    /// not delivered to webhooks by then is delivered after the next start. Idempotent.
    @Override
    public void close() {
        close(parts);
    }

    /// Closes the parts, last first, whatever becomes of each.
    static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            var part = parts.removeLast();
            try {
                part.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.error("{} did not close well", part.getClass().getSimpleName(), e);
            }
        }
    }
}
