package io.flashcall.verification;

import io.flashcall.verification.store.Nodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says again and again that this node is alive, and watches the others on the same store: the count of one
/// that is dead stands still, and what it had claimed is let go of. Only counts and this process's own time
/// are compared, so nodes whose clocks differ do not bury each other; and whoever was away itself, or could
/// not reach the store, begins to watch anew.
///
/// [#tick] is called by one thread; [#isOurs] by any.
public final class Neighbours {

    /// How long a count may stand still.
    static final Duration DEAD_AFTER = Duration.ofSeconds(6);

    /// Between two beats; whoever has not beaten for twice as long has slept and cannot judge others.
    public static final Duration BEAT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

    private final Nodes nodes;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new HashMap<>();
    private long lastBeat;
    private volatile List<String> alive;

    public Neighbours(Nodes nodes, InstantSource clock) {
        this(nodes, clock, System::nanoTime);
    }

    /// @param nanos never goes back
    Neighbours(Nodes nodes, InstantSource clock, LongSupplier nanos) {
        this.nodes = nodes;
        this.clock = clock;
        this.nanos = nanos;
        this.alive = List.of(nodes.own());
        this.lastBeat = nanos.getAsLong();
    }

    /// Where only one process at a time works on the store, those before it are dead: buries them at once.
    public void buryFormer() {
        var former = new TreeSet<>(nodes.beat().keySet());
        former.remove(nodes.own());
        nodes.bury(former, clock.instant());
    }

    /// This node ends: the others need not wait for what it had claimed. After the last [#tick].
    public void leave() {
        nodes.bury(List.of(nodes.own()), clock.instant());
    }

    /// One beat, and a look at the others.
    public void tick() {
        long before = nanos.getAsLong();
        var counts = nodes.beat();
        long now = nanos.getAsLong();
        if (now - lastBeat > BEAT.multipliedBy(3).toNanos()) {
            seen.clear();
        }
        lastBeat = now;
        seen.keySet().retainAll(counts.keySet());
        var dead = new ArrayList<String>();
        counts.forEach((node, count) -> {
            var last = seen.get(node);
            if (last == null || last.count() != count) {
                seen.put(node, new Seen(count, before));
            } else if (!node.equals(nodes.own()) && before - last.since() >= DEAD_AFTER.toNanos()) {
                dead.add(node);
            }
        });
        if (!dead.isEmpty()) {
            LOG.warn("{} of {} nodes have died: their work is taken over", dead.size(), counts.size());
            nodes.bury(dead, clock.instant());
            dead.forEach(seen::remove);
        }
        var living = new TreeSet<>(counts.keySet());
        dead.forEach(living::remove);
        living.add(nodes.own());
        alive = List.copyOf(living);
    }

    /// Whether this node is the one of all that live that is to see first to this session. Each session is
    /// one node's, as far as they agree on who lives.
    public boolean isOurs(SessionId session) {
        var all = alive;
        return all.get(Math.floorMod(session.hashCode(), all.size())).equals(nodes.own());
    }

    /// How many nodes live, as far as this one knows.
    public int count() {
        return alive.size();
    }

    /// @param since when this count was first seen
    private record Seen(long count, long since) {}
}
