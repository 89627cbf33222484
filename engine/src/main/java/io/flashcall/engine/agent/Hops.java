package io.flashcall.engine.agent;

import io.flashcall.engine.sip.RequestTemplate;
import io.flashcall.engine.trunk.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All hops of a user agent by their index, those of the past included: an ended call remembers its hop by
/// number. An index is used again when no call can name the hop that had it. Confined to the loop.
final class Hops {

    private final List<Hop> all = new ArrayList<>();
    private final long memory;

    /// @param memoryNanos how long a call may name a hop after it has retired
    Hops(long memoryNanos) {
        memory = memoryNanos;
    }

    int size() {
        return all.size();
    }

    Hop get(int index) {
        return all.get(index);
    }

    /// A new hop under a free index.
    Hop open(TrunkLine line, Target target, RequestTemplate template, long now) {
        int index = freeIndex(now);
        var hop = new Hop(index, line, target, template);
        if (index == all.size()) {
            all.add(hop);
        } else {
            all.set(index, hop);
        }
        return hop;
    }

    /// Puts a trunk's hosts into use: those that it had before keep their hop, and with it their health.
    void relocate(TrunkLine line, List<Located> located, long now) {
        var next = new Hop[located.size()];
        for (int i = 0; i < next.length; i++) {
            var target = located.get(i).target();
            var known = known(line, target);
            next[i] = known != null && known.target.isSame(target)
                    ? known
                    : open(line, target, located.get(i).template(), now);
            if (known != null && known != next[i]) {
                next[i].health.takeOver(known.health);
            }
        }
        retire(line, next, now);
        line.hops(next);
    }

    /// A host and how requests to it are written.
    record Located(Target target, RequestTemplate template) {}

    private static void retire(TrunkLine line, Hop[] next, long now) {
        for (var hop : line.hops()) {
            if (!List.of(next).contains(hop)) {
                hop.retired = true;
                hop.retiredAt = now;
            }
        }
    }

    private static @Nullable Hop known(TrunkLine line, Target target) {
        for (var hop : line.hops()) {
            if (hop.target.isSamePlace(target)) {
                return hop;
            }
        }
        return null;
    }

    private int freeIndex(long now) {
        for (var hop : all) {
            if (hop.retired && now - hop.retiredAt > memory) {
                return hop.index;
            }
        }
        return all.size();
    }
}
