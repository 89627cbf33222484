package io.flashcall.verification.store;

import java.time.Instant;

/// A caller id promised to one destination, so that no two open sessions of it share one. It stays open until the
/// session ends; then it says until when the destination still remembers the number.
///
/// @param attempt        of the session
/// @param destinationMac keyed hash of the called number
/// @param callerMac      keyed hash of the caller id
/// @param sealedCaller   the caller id, sealed with `destinationMac` as its context
public record Lease(int attempt, String destinationMac, String callerMac, String sealedCaller, Instant at) {}
