package io.flashcall.server.store;

import io.flashcall.verification.store.StatisticsContract;
import io.flashcall.verification.store.Storage;
import java.nio.file.Path;

class PostgresStatisticsTest extends StatisticsContract {

    @Override
    protected Storage open(Path folder) {
        return PostgresStorage.fresh();
    }
}
