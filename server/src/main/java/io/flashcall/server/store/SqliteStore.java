package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import io.flashcall.verification.App;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Bills;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Leases;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.SentMessages;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Statistics;
import io.flashcall.verification.store.Volumes;
import java.nio.file.Path;

/// Everything the service keeps, in one SQLite file: one implementation of each port. Several processes may open the
/// same file, say a command beside the service; each waits up to 10 s for another's transaction. Thread-safe.
public final class SqliteStore implements AutoCloseable {

    private final SqliteDatabase database;
    private final Codec<App> apps;
    private final Codec<Pool> pools;
    private final Vault vault;

    private SqliteStore(SqliteDatabase database, Codec<App> apps, Codec<Pool> pools, Vault vault) {
        this.database = database;
        this.apps = apps;
        this.pools = pools;
        this.vault = vault;
    }

    /// Opens a database, or makes it (its folders and files for the owner alone), and brings its tables to this
    /// version.
    ///
    /// @param vault whose master key the database was made with
    /// @throws StoreException when the file cannot be used, or was made with another master key
    public static SqliteStore open(Path file, Codec<App> apps, Codec<Pool> pools, Vault vault) {
        var database = SqliteDatabase.open(file);
        try {
            DatabaseKey.require(database, vault, file);
            // An app's definition holds the secret of its authorization hook.
            return new SqliteStore(database, new SealedCodec<>(apps, vault, "app"), pools, vault);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    public Sessions sessions() {
        return new SqlSessions(database, vault);
    }

    public Leases leases() {
        return new SqlLeases(database);
    }

    public FailedChecks failedChecks() {
        return new SqlFailedChecks(database);
    }

    public IdempotentRequests idempotentRequests() {
        return new SqlIdempotentRequests(database);
    }

    public ApiKeys apiKeys() {
        return new SqlApiKeys(database);
    }

    public Apps apps() {
        return new SqlApps(database, apps);
    }

    public Pools pools() {
        return new SqlPools(database, pools);
    }

    public Endpoints endpoints() {
        return new SqlEndpoints(database);
    }

    public Outbox outbox() {
        return new SqlOutbox(database);
    }

    public SentMessages sentMessages() {
        return new SqlSentMessages(database);
    }

    public Statistics statistics() {
        return new SqlStatistics(database);
    }

    public Volumes volumes() {
        return new SqlVolumes(database);
    }

    public Spending spending() {
        return new SqlSpending(database);
    }

    public Costs costs() {
        return new SqlCosts(database);
    }

    public Bills bills() {
        return new SqlBills(database);
    }

    /// Finishes what was asked; whatever comes later fails with a [StoreException].
    @Override
    public void close() {
        database.close();
    }
}
