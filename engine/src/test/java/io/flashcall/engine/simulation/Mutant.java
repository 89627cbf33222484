package io.flashcall.engine.simulation;

import io.flashcall.engine.CallEvent;
import java.util.List;

/// A fault put between the agent and the world, to see that the checker would find it in the agent.
interface Mutant {

    /// No fault.
    Mutant NONE = new Mutant() {};

    /// What leaves instead of what the agent sent.
    default List<Datagram> send(Datagram sent) {
        return List.of(sent);
    }

    /// What the consumer hears instead of what the agent reported.
    default List<CallEvent> report(CallEvent event) {
        return List.of(event);
    }

    /// Whether a slot is taken and never given back.
    default boolean leaks() {
        return false;
    }
}
