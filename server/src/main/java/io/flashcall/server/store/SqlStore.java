package io.flashcall.server.store;

import io.flashcall.server.config.Codec;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.App;
import io.flashcall.verification.Vault;
import io.flashcall.verification.guard.BucketLimiter;
import io.flashcall.verification.guard.Limiter;
import io.flashcall.verification.number.Pool;
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
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.SentMessages;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Statistics;
import io.flashcall.verification.store.Volumes;
import io.github.bucket4j.TimeMeter;
import java.nio.file.Path;
import java.util.UUID;

/// Everything the service keeps, in one database: one implementation of each port. Several processes may
/// open it, say a command beside the service. Thread-safe.
public final class SqlStore implements AutoCloseable {

    private final Database database;
    private final Codec<App> apps;
    private final Codec<Pool> pools;
    private final Vault vault;
    private final Limiter limiter;
    // This process's name among those that work on the database.
    private final String node = UUID.randomUUID().toString();

    private SqlStore(Database database, Codec<App> apps, Codec<Pool> pools, Vault vault) {
        this.database = database;
        this.apps = apps;
        this.pools = pools;
        this.vault = vault;
        this.limiter = limiter(database, vault);
    }

    /// Opens a database and brings its tables to this version. A file is made where there is none, its
    /// folders and files for the owner alone.
    ///
    /// @param vault whose master key the database was made with
    /// @throws StoreException when the database cannot be used, or was made with another master key
    public static SqlStore open(StoreConfig config, Codec<App> apps, Codec<Pool> pools, Vault vault) {
        var database = database(config);
        try {
            DatabaseKey.require(database, vault, config.name());
            // An app's definition holds the secret of its authorization hook.
            return new SqlStore(database, new SealedCodec<>(apps, vault, "app"), pools, vault);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    /// Brings the tables of a database to this version, and does nothing else. A file is made where there is none.
    ///
    /// @throws StoreException when the database cannot be used, or is of a later version
    public static Migrated migrate(StoreConfig config) {
        var from = switch (config) {
            case StoreConfig.File(var file) -> SqliteDatabase.migrate(file);
            case StoreConfig.Server server -> PostgresDatabase.migrate(server);
        };
        return new Migrated(from, Migrations.LATEST);
    }

    /// @param from empty: there were no tables
    public record Migrated(String from, String to) {}

    /// Copies the embedded store into a new file, for its owner alone, as it is at one moment.
    ///
    /// @return how many bytes the copy has
    /// @throws StoreException when there is no such store, the copy exists already, or it cannot be made
    public static long backup(StoreConfig.File file, Path to) {
        return SqliteBackup.copy(file.path(), to);
    }

    private static Database database(StoreConfig config) {
        return switch (config) {
            case StoreConfig.File(var file) -> SqliteDatabase.open(file);
            case StoreConfig.Server server -> PostgresDatabase.open(server);
        };
    }

    private static Limiter limiter(Database database, Vault vault) {
        return switch (database) {
            case SqliteDatabase _ -> new BucketLimiter();
            case PostgresDatabase server ->
                new PostgresLimiter(server.counters(), vault, TimeMeter.SYSTEM_MILLISECONDS::currentTimeNanos);
        };
    }

    /// Whether it can be read now; cheap.
    ///
    /// @throws StoreException when it cannot
    public void probe() {
        var _ = database.read("read anything", sql -> {
            try (var rows = sql.query("SELECT 1")) {
                return rows.next();
            }
        });
    }

    public Sessions sessions() {
        return new SqlSessions(database, vault, node);
    }

    public Leases leases() {
        return new SqlLeases(database);
    }

    public FailedChecks failedChecks() {
        return new SqlFailedChecks(database);
    }

    public IdempotentRequests idempotentRequests() {
        return new SqlIdempotentRequests(database, node);
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

    public Quarantines quarantines() {
        return new SqlQuarantines(database);
    }

    public Endpoints endpoints() {
        return new SqlEndpoints(database);
    }

    public Outbox outbox() {
        return new SqlOutbox(database, node);
    }

    public SentMessages sentMessages() {
        return new SqlSentMessages(database);
    }

    /// Counts starts: for this process alone where it alone has the database, else for all nodes together.
    public Limiter limiter() {
        return limiter;
    }

    /// Deletes what the limiter needs no more.
    public void sweepLimits() {
        if (limiter instanceof PostgresLimiter shared) {
            shared.sweep();
        }
    }

    /// Whether other nodes may work on it at the same time.
    public boolean isShared() {
        return database.dialect() == Dialect.POSTGRESQL;
    }

    public Nodes nodes() {
        return new SqlNodes(database, node);
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

    public Statistics statistics() {
        return new SqlStatistics(database);
    }

    /// Finishes what was asked; whatever comes later fails with a [StoreException].
    @Override
    public void close() {
        database.close();
    }
}
