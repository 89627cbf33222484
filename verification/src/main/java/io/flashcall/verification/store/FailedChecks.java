package io.flashcall.verification.store;

import java.time.LocalDate;

/// Wrong checks of a destination in a day (UTC), across its sessions; they survive a restart. [Sessions#update] adds to
/// them.
public interface FailedChecks {

    int count(Day day);

    /// Deletes those of days before `day`.
    int forget(LocalDate day);

    /// @param destinationMac keyed hash of the called number
    record Day(String destinationMac, LocalDate date) {}
}
