package io.flashcall.engine.agent;

import io.flashcall.engine.trunk.Trunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The trunks of an engine: those that take calls, by name, and those that came before them and wait for their last
/// call to end. An index is used again when its trunk is gone, so that reloads cost nothing for ever. Any thread.
final class Trunks {

    private final AnySource anySource;
    private volatile Map<String, Trunk> byName = Map.of();

    // What follows is guarded by this. In the order in which they came.
    private final List<Trunk> known = new ArrayList<>();
    private final BitSet indexes = new BitSet();

    /// @param anySource is told whose messages are listened to
    Trunks(AnySource anySource) {
        this.anySource = anySource;
    }

    /// The one that takes calls under this name, or null.
    @Nullable Trunk find(String name) {
        return byName.get(name);
    }

    /// Those that take calls.
    Collection<Trunk> inUse() {
        return byName.values();
    }

    /// All that are not gone, those that take calls first.
    synchronized List<Trunk> all() {
        var all = new ArrayList<>(byName.values());
        known.stream().filter(trunk -> !all.contains(trunk)).forEach(all::add);
        return all;
    }

    /// The last that had this name, if it is not gone.
    synchronized @Nullable Trunk latest(String name) {
        Trunk latest = null;
        for (var trunk : known) {
            latest = trunk.config().name().equals(name) ? trunk : latest;
        }
        return latest;
    }

    /// An index that no trunk has, now taken.
    synchronized int takeIndex() {
        int index = indexes.nextClearBit(0);
        indexes.set(index);
        return index;
    }

    /// A trunk comes, under an index that was taken for it: its hosts are listened to.
    synchronized void add(Trunk trunk) {
        known.add(trunk);
        anySource.of(known);
    }

    /// A trunk is gone: nothing can come from its hosts any more.
    synchronized void remove(Trunk trunk) {
        known.remove(trunk);
        indexes.clear(trunk.index());
        anySource.of(known);
    }

    /// A trunk that was never used is given up, and its index.
    synchronized void giveBack(int index) {
        indexes.clear(index);
    }

    /// The hosts of one are others.
    synchronized void listenAnew() {
        anySource.of(known);
    }

    /// These take calls from now on, and no others.
    void use(List<Trunk> next) {
        var map = new LinkedHashMap<String, Trunk>();
        next.forEach(trunk -> map.put(trunk.config().name(), trunk));
        byName = Map.copyOf(map);
    }
}
