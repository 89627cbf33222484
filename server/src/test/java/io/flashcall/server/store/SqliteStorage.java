package io.flashcall.server.store;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Bills;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Leases;
import io.flashcall.verification.store.Nodes;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.SentMessages;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Statistics;
import io.flashcall.verification.store.Storage;
import io.flashcall.verification.store.Volumes;
import java.nio.file.Path;

/// The embedded store, as the contracts want it.
record SqliteStorage(Path file, SqlStore store) implements Storage {

    static SqliteStorage in(Path folder) {
        return open(folder.resolve("flashcall.db"));
    }

    private static SqliteStorage open(Path file) {
        return new SqliteStorage(
                file, SqlStore.open(new StoreConfig.File(file), new AppCodec(), new PoolCodec(), Sample.VAULT));
    }

    @Override
    public Sessions sessions() {
        return store.sessions();
    }

    @Override
    public Leases leases() {
        return store.leases();
    }

    @Override
    public FailedChecks failedChecks() {
        return store.failedChecks();
    }

    @Override
    public IdempotentRequests idempotentRequests() {
        return store.idempotentRequests();
    }

    @Override
    public ApiKeys apiKeys() {
        return store.apiKeys();
    }

    @Override
    public Apps apps() {
        return store.apps();
    }

    @Override
    public Pools pools() {
        return store.pools();
    }

    @Override
    public Endpoints endpoints() {
        return store.endpoints();
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public Statistics statistics() {
        return store.statistics();
    }

    @Override
    public SentMessages sentMessages() {
        return store.sentMessages();
    }

    @Override
    public Nodes nodes() {
        return store.nodes();
    }

    @Override
    public Storage beside() {
        return open(file);
    }

    @Override
    public Volumes volumes() {
        return store.volumes();
    }

    @Override
    public Spending spending() {
        return store.spending();
    }

    @Override
    public Costs costs() {
        return store.costs();
    }

    @Override
    public Bills bills() {
        return store.bills();
    }

    @Override
    public Storage reopened() {
        close();
        return open(file);
    }

    @Override
    public void close() {
        store.close();
    }
}
