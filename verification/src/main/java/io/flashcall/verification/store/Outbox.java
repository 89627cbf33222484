package io.flashcall.verification.store;

import io.flashcall.verification.EventType;
import io.flashcall.verification.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is still to be delivered to webhook endpoints. [Sessions] fills it.
public interface Outbox {

    /// Takes deliveries that are due at an endpoint for `hold`; afterwards somebody else may take them again, say
    /// after a crash. Of one session only the first undelivered event is taken, unless `patience` has passed since
    /// that one was first tried: then it holds its successors back no more. Those that are due for the longest come
    /// first; they are told in the order in which they were written. May take fewer than there are, and takes none
    /// of a disabled endpoint.
    List<Delivery> claim(String endpoint, Instant now, Duration hold, Duration patience, int most);

    /// Endpoints (enabled ones) with something due.
    List<String> waiting(Instant now);

    /// Notes how tries ended. What has arrived is settled whoever delivered it; of one that somebody else claimed
    /// meanwhile, only that one says whether it is tried again or given up.
    void settle(List<Settlement> settlements);

    /// Those given up, newest first.
    ///
    /// @param after id of the last one of the page before; 0: the first page
    List<Delivery> dead(String endpoint, long after, int most);

    /// Makes a delivery that was given up, or done, due again, as if it had not been tried. One that still waits goes
    /// on as it was.
    ///
    /// @return whether there is such a delivery
    boolean redeliver(String endpoint, long id, Instant now);

    /// Puts one delivery of its own into the queue of an endpoint, such as a test event; it belongs to no session.
    long add(String endpoint, EventType type, String body, Instant now);

    /// Since when the oldest undelivered event of an enabled endpoint has been waiting; empty: there is none.
    Optional<Instant> oldest();

    /// Deletes what was done or given up before `before`.
    int forget(Instant before);

    /// @param id       also its webhook-id: `msg_` and this number
    /// @param session  empty for a test event
    /// @param body     the exact bytes to sign and send, as UTF-8
    /// @param tries    made before this one
    record Delivery(long id, String endpoint, Optional<SessionId> session, Event event, String body, Tries tries) {}

    /// @param sequence within its session; 0 for a test event
    record Event(EventType type, int sequence, Instant at) {}

    /// @param last what became of the latest one, such as `HTTP 500`; empty: none was made
    record Tries(int made, String last) {}

    /// How a try ended.
    sealed interface Settlement {

        long delivery();

        record Delivered(long delivery, Instant at) implements Settlement {}

        /// @param error what went wrong, at most 200 characters, without numbers
        record Again(long delivery, Instant at, String error) implements Settlement {}

        record Dead(long delivery, Instant at, String error) implements Settlement {}
    }
}
