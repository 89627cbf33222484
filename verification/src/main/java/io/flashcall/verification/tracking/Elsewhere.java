package io.flashcall.verification.tracking;

import io.flashcall.verification.SessionId;
import io.flashcall.verification.channel.CallReference;
import io.flashcall.verification.channel.LiveCalls;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Sessions.Standing;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Notices what other nodes did to sessions that concern this one: calls that it has in the air and that
/// nobody wants any more are hung up, and readers of a session hear that there is news. Asks the store only
/// where something concerns it.
public final class Elsewhere {

    private final Sessions sessions;
    private final LiveCalls calls;
    private final Readers readers;

    public Elsewhere(Sessions sessions, LiveCalls calls, Readers readers) {
        this.sessions = sessions;
        this.calls = calls;
        this.readers = readers;
    }

    /// Whoever reads along on this node.
    public interface Readers {

        /// The sessions that are being read, with the sequence of the last event that all their readers
        /// were given.
        Map<SessionId, Integer> places();

        /// There is more of this session than they were given.
        void behind(SessionId session);
    }

    /// A call is wanted while its session waits for it. It is saved before it is placed, so there is none
    /// too early.
    public void hangUpUnwanted() {
        var references = calls.references();
        if (references.isEmpty()) {
            return;
        }
        var live = references.stream()
                .map(CallReference::parse)
                .flatMap(Optional::stream)
                .toList();
        var standings =
                standings(live.stream().map(CallReference::session).distinct().toList());
        for (var call : live) {
            var standing = standings.get(call.session());
            if (standing != null && standing.awaited() != call.attempt()) {
                calls.hangUp(call.toString());
            }
        }
    }

    /// Tells readers of news.
    public void wakeReaders() {
        var places = readers.places();
        if (places.isEmpty()) {
            return;
        }
        standings(places.keySet()).forEach((id, standing) -> {
            if (standing.events() > places.getOrDefault(id, 0)) {
                readers.behind(id);
            }
        });
    }

    private Map<SessionId, Standing> standings(Collection<SessionId> ids) {
        return sessions.standings(ids).stream().collect(Collectors.toMap(Standing::id, standing -> standing));
    }
}
