package io.flashcall.verification.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;

/// What each contract extends: a fresh store for each test.
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class StoreContract {

    protected Storage store;
    protected Play play;

    /// Opens an empty store that uses [Sample#VAULT].
    ///
    /// @param folder its own
    protected abstract Storage open(Path folder);

    @BeforeEach
    protected void openStore(@TempDir Path folder) {
        store = open(folder);
        play = new Play(store.sessions());
    }

    @AfterEach
    protected void closeStore() {
        store.close();
    }

    /// As after a restart.
    protected void reopen() {
        store = store.reopened();
        play = new Play(store.sessions());
    }
}
