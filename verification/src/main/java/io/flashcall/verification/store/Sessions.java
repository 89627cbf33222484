package io.flashcall.verification.store;

import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Sessions with their attempts, leases, timeline and outbox.
public interface Sessions {

    /// Saves a new session and everything that comes with it.
    Created create(Write write);

    Optional<Session> find(SessionId id);

    /// The pending session with this reuse key (see [io.flashcall.verification.Opening.Claims]).
    Optional<Session> findPending(String reuseKey);

    /// Reads a session, lets `fold` decide, and saves what it decided, as if nobody else touched the session meanwhile.
    /// When the session ends by it, its leases are closed in the same transaction, and those of calls that cannot
    /// have shown are dropped. A step that leaves the session as it was saves nothing of it.
    ///
    /// @param fold pure: it may be asked again, about a newer session, before its answer is saved
    /// @throws LeaseTakenException when the lease of its answer is open already; nothing is saved then
    /// @return empty when there is no such session
    Optional<Change> update(SessionId id, Function<Session, Write> fold);

    /// Sessions whose deadline has passed, the longest overdue first.
    List<SessionId> due(Instant now, int most);

    /// How these sessions stand, in no order; what does not exist is left out.
    List<Standing> standings(Collection<SessionId> ids);

    /// Newest first.
    List<Session> list(SessionQuery query);

    /// What happened in a session, in order.
    List<TimelineEntry> timeline(SessionId id);

    /// Removes numbers and addresses, and everything that could give them back, from sessions that ended before
    /// `endedBefore`; keyed hashes stay for statistics. Its number reads
    /// [io.flashcall.verification.Intent#REMOVED] from then on, its timeline has no details, and its deliveries and
    /// leases are deleted.
    ///
    /// @param most how many sessions at once
    /// @return how many there were
    int anonymize(Instant endedBefore, int most);

    /// The same at once for every session of one destination, and its timelines, deliveries, leases and counts are
    /// deleted. Pending ones are canceled first by the caller; one that is pending nevertheless is left alone.
    ///
    /// @param destinationMac see [io.flashcall.verification.Vault#numberMac]
    /// @return how many sessions there were
    int erase(String destinationMac);

    /// What [#create] came to.
    sealed interface Created {

        /// Saved.
        record Done() implements Created {}

        /// The caller id of its lease is leased for this destination already; nothing was saved.
        record LeaseTaken() implements Created {}

        /// A session with this reuse key is pending already; nothing was saved.
        record Reusable(SessionId id) implements Created {}
    }

    /// How far a session has come.
    ///
    /// @param awaited the attempt that it waits for; 0: none, whatever is still in the air may be hung up
    /// @param events  sequence of its latest event
    record Standing(SessionId id, int awaited, int events) {}

    /// What [#update] did.
    record Change(Session before, Step step) {

        public Session after() {
            return step.session();
        }
    }
}
