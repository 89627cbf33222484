package io.flashcall.engine.agent;

import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.trunk.Sources;
import io.flashcall.engine.trunk.Trunk;
import java.util.Collection;
import java.util.List;

/// Whose messages any trunk listens to. Any thread.
final class AnySource {

    private volatile Sources sources = new Sources(List.of());

    /// The trunks, or the hosts of one, are others from now on.
    void of(Collection<Trunk> trunks) {
        sources = new Sources(trunks.stream()
                .flatMap(trunk -> trunk.blocks().stream())
                .distinct()
                .toList());
    }

    boolean contains(Endpoint source) {
        return sources.contains(source);
    }
}
