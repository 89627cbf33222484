package io.flashcall.server.http.resource;

import io.flashcall.engine.capture.LadderStep;
import io.flashcall.verification.SessionId;
import java.util.List;

/// Remembers the SIP messages of attempts. Thread-safe.
@FunctionalInterface
public interface Ladders {

    /// In order; empty when nothing is known of it any more.
    List<LadderStep> ladder(SessionId session, int attempt);
}
