package io.flashcall.testbed.behaviour;

import java.util.random.RandomGenerator;

/// Chooses what a call meets.
public interface Dialplan {

    /// The behaviour for this call; asked once for each INVITE, and for a request that belongs to no call.
    ///
    /// @param called the user part of the Request-URI, as dialled
    /// @param random the carrier's seeded source, for choices by weight
    Behaviour behaviourFor(String called, RandomGenerator random);

    /// Whether calls to this number are reflected, without being remembered. Chance has no say: the CANCEL must be told
    /// the same as the INVITE.
    boolean reflects(String called);

    /// A few words for the line that says what a carrier is.
    String describe();

    /// The same behaviour for every call.
    static Dialplan always(Behaviour behaviour) {
        return new Always(behaviour);
    }

    /// By the last three digits of the called number, as [BehaviourTable] lists.
    static Dialplan byNumber() {
        return new BehaviourTable();
    }

    /// The dialplan that `text` names: `by-number`, or a behaviour as [Behaviour#parse] reads it.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    static Dialplan parse(String text) {
        return text.equals("by-number") ? byNumber() : always(Behaviour.parse(text));
    }

    /// One behaviour for all.
    record Always(Behaviour behaviour) implements Dialplan {
        @Override
        public Behaviour behaviourFor(String called, RandomGenerator random) {
            return behaviour;
        }

        @Override
        public boolean reflects(String called) {
            return behaviour.stateless();
        }

        @Override
        public String describe() {
            return behaviour.text();
        }
    }
}
