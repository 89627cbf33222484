package io.flashcall.cli.place;

import io.flashcall.engine.Engine;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.TrunkStatus.HostStatus;

/// What the engine knows of the trunk when a call over it has failed, besides the outcome.
///
/// @param rejected   whether the carrier refuses our credentials
/// @param connection why there is none, in the engine's words, such as `TLS_EXPIRED (…)`; empty if it is not that
/// @param closed     whether the machine there says that nobody listens
/// @param nowhere    whether no host of it is known
record Trouble(boolean rejected, String connection, boolean closed, boolean nowhere) {

    static final Trouble NONE = new Trouble(false, "", false, false);

    /// Blocks for a moment. Before the engine is closed.
    static Trouble in(Engine engine) {
        return engine.trunks().stream().findFirst().map(Trouble::of).orElse(NONE);
    }

    static Trouble of(TrunkStatus trunk) {
        var hosts = trunk.hosts();
        String connection = hosts.stream()
                .map(HostStatus::detail)
                .filter(detail -> !detail.isEmpty())
                .findFirst()
                .orElse("");
        boolean closed = connection.isEmpty()
                && hosts.stream().anyMatch(host -> host.reason().equals("unreachable"));
        return new Trouble(trunk.credentialsRejected(), connection, closed, hosts.isEmpty());
    }
}
