package io.flashcall.verification.store;

import java.time.Instant;
import java.util.List;

/// Which caller ids a destination must not see (again).
public interface Leases {

    /// The sealed caller ids of open leases of this destination, and of closed ones taken after `since`.
    List<String> taken(String destinationMac, Instant since);

    /// Deletes closed leases taken before `before`.
    int forget(Instant before);
}
