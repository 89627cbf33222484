package io.flashcall.verification.number;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.store.Pools;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Pools and trunks for the tests of this package.
final class Numbers {

    static final Pool.Ownership OURS = new Pool.Ownership("Example Telecom", "Ofcom allocation 2024-17", "GB");

    private Numbers() {}

    static List<CallerIds.Range> ranges(String... texts) {
        return Stream.of(texts).map(CallerIds.Range::parse).toList();
    }

    static Pool pool(String name, String... ranges) {
        return new Pool(name, OURS, Set.of("carrier-a"), ranges(ranges), Pool.State.ACTIVE, Optional.empty());
    }

    static Pool disclosing(int digits, Pool pool) {
        return new Pool(
                pool.name(), pool.ownership(), pool.trunks(), pool.numbers(), pool.state(), Optional.of(digits));
    }

    static Pool quarantining(Set<E164> numbers, Pool pool) {
        var state = new Pool.State(true, numbers);
        return new Pool(pool.name(), pool.ownership(), pool.trunks(), pool.numbers(), state, pool.disclosed());
    }

    static Pool on(Set<String> trunks, Pool pool) {
        return new Pool(pool.name(), pool.ownership(), trunks, pool.numbers(), pool.state(), pool.disclosed());
    }

    static Pool paused(Pool pool) {
        var state = new Pool.State(false, Set.of());
        return new Pool(pool.name(), pool.ownership(), pool.trunks(), pool.numbers(), state, pool.disclosed());
    }

    static TrunkConfig trunk(String name, String... callerIds) {
        return trunk(name, new CallerIds(ranges(callerIds), true));
    }

    static TrunkConfig trunk(String name, CallerIds callerIds) {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
        return new TrunkConfig(name, PeerConfig.at(target), callerIds, NumberPolicy.PLUS_E164, CallPolicy.DEFAULT);
    }

    /// A store in memory.
    record Kept(Map<String, Pool> byName) implements Pools {

        static Kept of(Pool... pools) {
            var kept = new Kept(new TreeMap<>());
            Stream.of(pools).forEach(kept::save);
            return kept;
        }

        @Override
        public Optional<Pool> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public List<Pool> list() {
            return List.copyOf(byName.values());
        }

        @Override
        public void save(Pool pool) {
            byName.put(pool.name(), pool);
        }

        @Override
        public long revision() {
            return 0;
        }

        @Override
        public boolean delete(String name) {
            return byName.remove(name) != null;
        }
    }
}
