package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import java.util.Optional;

/// Which sessions to list.
///
/// @param app            whose; empty: everybody's
/// @param destinationMac of which number
/// @param after          the last one of the page before
/// @param most           1 to 100
public record SessionQuery(
        Optional<AppId> app,
        Optional<String> destinationMac,
        Optional<Status> status,
        Optional<SessionId> after,
        int most) {}
