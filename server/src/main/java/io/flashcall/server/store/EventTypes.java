package io.flashcall.server.store;

import io.flashcall.verification.EventType;

/// Event types as columns keep them: by label.
final class EventTypes {

    private EventTypes() {}

    static EventType named(String label) {
        return EventType.named(label)
                .orElseThrow(() -> new StoreException("the database has an event type of another version: " + label));
    }
}
