package io.flashcall.cli.option;

import io.flashcall.server.store.SqlStore;
import io.flashcall.verification.Vault;

/// A store, and what its secrets are protected by.
public record OpenStore(SqlStore store, Vault vault) implements AutoCloseable {

    @Override
    public void close() {
        store.close();
    }
}
