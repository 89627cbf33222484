package io.flashcall.engine.agent;

import io.flashcall.engine.trunk.Trunk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trunks of one user agent by their indexes. They come and go with reloads: one that leaves stays until its last
/// call is over and nothing can come for it any more. Confined to the loop.
final class TrunkLines implements Iterable<TrunkLine> {

    private final Hops hops;
    private final List<TrunkLine> all = new ArrayList<>();
    private @Nullable TrunkLine[] byIndex = {};

    TrunkLines(Hops hops) {
        this.hops = hops;
    }

    /// @throws IllegalStateException when there is none: a call would have outlived its trunk
    TrunkLine get(int index) {
        var line = index < byIndex.length ? byIndex[index] : null;
        if (line == null) {
            throw new IllegalStateException("trunk " + index + " is gone");
        }
        return line;
    }

    /// The line of that trunk, or null.
    @Nullable TrunkLine find(Trunk trunk) {
        int index = trunk.index();
        var line = index < byIndex.length ? byIndex[index] : null;
        return line != null && line.trunk == trunk ? line : null;
    }

    int size() {
        return all.size();
    }

    /// One of them, for those who look at all and make no iterator.
    ///
    /// @param position 0 to [#size] - 1, which is no index of a trunk
    TrunkLine at(int position) {
        return all.get(position);
    }

    @Override
    public Iterator<TrunkLine> iterator() {
        return all.iterator();
    }

    /// Takes up a trunk, whose index is free.
    ///
    /// @param before the one whose place it takes, if it is still here: what is known of its hosts still holds
    void add(TrunkLine line, List<Hops.Located> located, @Nullable Trunk before, long now) {
        int index = line.trunk.index();
        if (index >= byIndex.length) {
            var longer = new @Nullable TrunkLine[index + 1];
            System.arraycopy(byIndex, 0, longer, 0, byIndex.length);
            byIndex = longer;
        }
        if (byIndex[index] != null) {
            throw new IllegalStateException("trunk " + index + " is still here");
        }
        byIndex[index] = line;
        all.add(line);
        hops.relocate(line, located, now);
        var former = before == null ? null : find(before);
        if (former != null) {
            line.takeOver(former);
            line.restIfAllAsk(now);
        }
    }

    /// A trunk's hosts are others; one that leaves keeps those that it has.
    void relocate(Trunk trunk, List<Hops.Located> located, long now) {
        var line = find(trunk);
        if (line != null && line.whenGone == null) {
            hops.relocate(line, located, now);
        }
    }

    /// A trunk's files hold something else: new connections and challenges use it.
    void renew(Trunk trunk, long now) {
        var line = find(trunk);
        if (line != null) {
            line.renew(now);
        }
    }

    /// A trunk leaves as soon as it can.
    ///
    /// @param whenGone is told then
    void leave(Trunk trunk, Runnable whenGone) {
        var line = find(trunk);
        if (line == null) {
            whenGone.run();
        } else {
            line.whenGone = whenGone;
        }
    }

    /// Lets those go that leave and are done; to be called now and then.
    void tidy(long now) {
        for (int i = all.size() - 1; i >= 0; i--) {
            var line = all.get(i);
            var told = line.whenGone;
            if (told != null && line.trunk.isDone() && !isHeld(line, now)) {
                all.remove(i);
                byIndex[line.trunk.index()] = null;
                told.run();
            }
        }
    }

    /// Whether something may still come for a line whose last call is over.
    private boolean isHeld(TrunkLine line, long now) {
        line.unregister(all, now);
        boolean hold = hops.holdAfterLastCall(line, now);
        return hold || line.isRegistered();
    }
}
