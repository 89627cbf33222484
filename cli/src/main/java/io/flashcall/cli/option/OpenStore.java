package io.flashcall.cli.option;

import io.flashcall.server.store.SqliteStore;
import io.flashcall.verification.Vault;

/// A store, and what its secrets are protected by.
public record OpenStore(SqliteStore store, Vault vault) implements AutoCloseable {

    @Override
    public void close() {
        store.close();
    }
}
