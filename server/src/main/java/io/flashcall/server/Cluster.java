package io.flashcall.server;

import io.flashcall.server.config.AppCodec;
import io.flashcall.server.config.PoolCodec;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.http.stream.SessionFeed;
import io.flashcall.server.store.SqlStore;
import io.flashcall.verification.Neighbours;
import io.flashcall.verification.Repeated;
import io.flashcall.verification.Vault;
import io.flashcall.verification.channel.LiveCalls;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.tracking.Elsewhere;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// This node among those that work on the same store: opens the store, says that the node lives, and
/// notices what the others do. A part of [Wiring].
final class Cluster {

    private static final Duration LOOK_AT_CALLS = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_NEWS = Duration.ofMillis(400);
    private static final Duration LOOK_AT_POOLS = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final SqlStore store;
    private final Neighbours neighbours;
    private final Consumer<AutoCloseable> parts;

    private Cluster(SqlStore store, Neighbours neighbours, Consumer<AutoCloseable> parts) {
        this.store = store;
        this.neighbours = neighbours;
        this.parts = parts;
    }

    /// @param parts takes what is to be closed, last first
    /// @throws IOException when the store is a file and another service has it
    static Cluster join(ServerConfig.Storage storage, Vault vault, InstantSource clock, Consumer<AutoCloseable> parts)
            throws IOException {
        if (storage.store() instanceof StoreConfig.File(var file)) {
            parts.accept(SoleUse.of(file));
        }
        var store = SqlStore.open(storage.store(), new AppCodec(), new PoolCodec(), vault);
        parts.accept(store);
        var neighbours = new Neighbours(store.nodes(), clock);
        if (store.isShared()) {
            neighbours.tick();
            parts.accept(neighbours::leave);
            parts.accept(Repeated.start("tell other nodes that this one lives", Neighbours.BEAT, neighbours::tick));
        } else {
            neighbours.buryFormer();
        }
        return new Cluster(store, neighbours, parts);
    }

    SqlStore store() {
        return store;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /// From now on what other nodes do is noticed. Does nothing where there can be none.
    void watch(LiveCalls calls, SessionFeed feed, List<PoolBook> books) {
        if (!store.isShared()) {
            return;
        }
        var elsewhere = new Elsewhere(store.sessions(), calls, feed);
        parts.accept(Repeated.start("look at calls of other nodes", LOOK_AT_CALLS, elsewhere::hangUpUnwanted));
        parts.accept(Repeated.start("look for news of other nodes", LOOK_FOR_NEWS, elsewhere::wakeReaders));
        parts.accept(Repeated.start("look at pools", LOOK_AT_POOLS, reloading(store.pools(), books)));
        parts.accept(Repeated.start("sweep limits", SWEEP, store::sweepLimits));
    }

    private static Runnable reloading(Pools pools, List<PoolBook> books) {
        var known = new AtomicLong(-1);
        return () -> {
            long revision = pools.revision();
            if (revision != known.get()) {
                books.forEach(PoolBook::reload);
                known.set(revision);
            }
        };
    }
}
