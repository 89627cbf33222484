package io.flashcall.verification.number;

import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.store.Pools;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The pools of a store, kept in memory: whoever changes one says so by [#refresh]. Thread-safe.
///
/// A draw from a pool of a million numbers takes microseconds. The first one with a code length takes as long as the
/// numbers take to be sorted by their endings; a refresh sorts them before it replaces what was in use.
public final class PoolBook implements CallerIdPools {

    private static final int LONGEST_CODE = 6;

    private final Pools pools;
    // Guarded by this.
    private List<TrunkConfig> trunks;
    private final RandomGenerator random;
    private final Map<String, Stock> stocks = new ConcurrentHashMap<>();
    // What the stocks were made of; guarded by this.
    private final Map<String, Pool> known = new HashMap<>();

    /// Reads all pools.
    ///
    /// @param trunks of the engine: what they may show
    /// @throws IllegalArgumentException when a pool has more than [Pool#MOST_NUMBERS]
    public PoolBook(Pools pools, List<TrunkConfig> trunks, SecureRandom random) {
        this(pools, trunks, (RandomGenerator) random);
    }

    /// For tests, whose draws repeat.
    PoolBook(Pools pools, List<TrunkConfig> trunks, RandomGenerator random) {
        this.pools = pools;
        this.trunks = List.copyOf(trunks);
        this.random = random;
        reload();
    }

    /// These are the engine's trunks from now on. Reads all pools anew and prepares them before they are used.
    public synchronized void use(List<TrunkConfig> others) {
        trunks = List.copyOf(others);
        known.clear();
        reload();
    }

    /// Reads all pools anew; those that are as they were stay as they are.
    public synchronized void reload() {
        var all = pools.list();
        all.forEach(this::put);
        var names = all.stream().map(Pool::name).toList();
        stocks.keySet().retainAll(names);
        known.keySet().retainAll(names);
    }

    /// Reads a pool anew that was added, changed or deleted.
    public synchronized void refresh(String name) {
        pools.find(name).ifPresentOrElse(this::put, () -> {
            stocks.remove(name);
            known.remove(name);
        });
    }

    /// @throws IllegalArgumentException when the code length is not 1 to 6
    @Override
    public Draw draw(Wish wish) {
        requireCodeLength(wish.codeLength());
        var stock = stocks.get(wish.pool());
        return stock == null ? new Draw.Nothing("there is no pool " + wish.pool()) : stock.draw(wish, random);
    }

    /// Over the numbers that are not in quarantine, on the worst of the pool's trunks; a paused pool counts like any
    /// other. 0 where no trunk may show any of its numbers.
    @Override
    public Optional<Strength> strength(String pool, int codeLength) {
        requireCodeLength(codeLength);
        return Optional.ofNullable(stocks.get(pool)).map(stock -> stock.strength(codeLength));
    }

    /// How many numbers may be shown now, on the trunk that may show most of them.
    ///
    /// @return empty when there is no such pool
    public Optional<Integer> eligible(String pool) {
        return Optional.ofNullable(stocks.get(pool)).map(Stock::eligible);
    }

    private void put(Pool pool) {
        if (pool.equals(known.put(pool.name(), pool))) {
            return;
        }
        var stock = new Stock(pool, trunks);
        var before = stocks.get(pool.name());
        if (before != null) {
            stock.prepareLike(before);
        }
        stocks.put(pool.name(), stock);
    }

    private static void requireCodeLength(int digits) {
        if (digits < 1 || digits > LONGEST_CODE) {
            throw new IllegalArgumentException("code length: " + digits + " (expected: 1 to " + LONGEST_CODE + ")");
        }
    }
}
