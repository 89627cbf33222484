package io.flashcall.server.webhook;

import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox.Settlement;
import java.time.Instant;
import java.util.Optional;

/// What came of one try.
///
/// @param endpoint   as it was when it was sent
/// @param settlement for the outbox
/// @param gone       whether the receiver wants nothing any more (410)
/// @param quietUntil until when it wants nothing
record Tried(Endpoint endpoint, Settlement settlement, boolean gone, Optional<Instant> quietUntil) {}
