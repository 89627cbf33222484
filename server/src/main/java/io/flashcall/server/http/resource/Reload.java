package io.flashcall.server.http.resource;

import io.flashcall.server.config.Reloaded;

/// Has the service read its configuration again and run with it. Thread-safe.
@FunctionalInterface
public interface Reload {

    /// Blocks until it is done, or refused.
    Reloaded now();
}
