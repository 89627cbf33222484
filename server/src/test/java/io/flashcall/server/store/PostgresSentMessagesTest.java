package io.flashcall.server.store;

import io.flashcall.verification.store.SentMessagesContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresSentMessagesTest extends SentMessagesContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
