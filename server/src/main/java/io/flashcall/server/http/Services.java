package io.flashcall.server.http;

import io.flashcall.engine.TrunkStatus;
import io.flashcall.server.config.Codec;
import io.flashcall.server.http.resource.AppRules;
import io.flashcall.server.http.resource.Ladders;
import io.flashcall.server.http.resource.PoolRules;
import io.flashcall.server.http.resource.Readiness;
import io.flashcall.server.http.resource.ReceiptIntake;
import io.flashcall.server.http.resource.Reload;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.number.CallerIdPools;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.routing.Routing;
import io.flashcall.verification.routing.TrunkHealth;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Statistics;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Everything that the API makes accessible.
public record Services(
        Verifying verifying, Tenancy tenancy, Numbers numbers, Network network, Hooks hooks, Watching watching) {

    /// @param feed    also to be told of every change, see [io.flashcall.verification.SessionWatcher]
    /// @param ladders the SIP messages of attempts
    public record Verifying(
            Verifications verifications,
            Sessions sessions,
            IdempotentRequests requests,
            SessionFeed feed,
            Ladders ladders,
            Vault vault) {}

    /// @param rules    hold an app against the whole configuration
    /// @param declared apps of the configuration file
    public record Tenancy(Apps apps, ApiKeys keys, Codec<App> codec, AppRules rules, Set<AppId> declared) {}

    /// @param rules    hold a pool against the whole configuration
    /// @param declared whether the configuration file has a pool of that name
    public record Numbers(
            Pools pools,
            CallerIdPools strengths,
            Codec<Pool> codec,
            PoolRules rules,
            Predicate<String> declared,
            Quarantine quarantine) {}

    /// @param released hears when a number was let out
    public record Quarantine(Quarantines quarantines, Runnable released) {}

    /// @param trunks those that the engine knows
    /// @param reload has the configuration file read again
    public record Network(Supplier<List<TrunkStatus>> trunks, Routing routing, TrunkHealth health, Reload reload) {}

    /// @param declared ids of the endpoints of the configuration file
    /// @param receipts takes what providers report of messages
    public record Hooks(Endpoints endpoints, Outbox outbox, Set<String> declared, ReceiptIntake receipts) {}

    /// @param metrics  writes them in Prometheus' text format
    /// @param requests hears of every request
    public record Watching(
            Statistics statistics,
            Costs costs,
            Readiness readiness,
            Supplier<String> metrics,
            RequestWatcher requests,
            InstantSource clock) {}
}
