package io.flashcall.verification;

import java.util.List;
import java.util.Optional;

/// What came of one event.
///
/// @param session the session after it
/// @param effects what the world must do, in order
/// @param denial  why what was asked did not happen; at most its expiry did
public record Step(Session session, List<Effect> effects, Optional<Denial> denial) {

    public Step {
        effects = List.copyOf(effects);
    }

    /// The events to save with it.
    public List<Effect.Publish> published() {
        return effects.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(Effect.Publish.class::cast)
                .toList();
    }
}
