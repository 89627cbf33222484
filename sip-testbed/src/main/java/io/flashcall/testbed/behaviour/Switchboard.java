package io.flashcall.testbed.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A dialplan whose numbers can be switched while calls come in; what is under way goes on as it began. A
/// number is the same one with and without `+`.
///
/// Remembers the [#MOST_NUMBERS] numbers that were switched last. Thread-safe.
public final class Switchboard implements Dialplan {

    public static final int MOST_NUMBERS = 10_000;

    private final Map<String, Behaviour> switched = new LinkedHashMap<>();
    private final Dialplan otherwise;

    /// @param otherwise for numbers that nobody has switched
    public Switchboard(Dialplan otherwise) {
        this.otherwise = otherwise;
    }

    /// From now on calls to this number meet this.
    ///
    /// @throws IllegalArgumentException if the behaviour is `reflect`, whose INVITE and CANCEL must meet
    ///                                  the same
    public synchronized void set(String called, Behaviour behaviour) {
        if (behaviour.stateless()) {
            throw new IllegalArgumentException("behaviour '" + behaviour + "' (expected: one that can be switched)");
        }
        switched.remove(key(called));
        switched.put(key(called), behaviour);
        if (switched.size() > MOST_NUMBERS) {
            switched.remove(switched.keySet().iterator().next());
        }
    }

    /// From now on calls to this number meet what they would have met.
    public synchronized void clear(String called) {
        switched.remove(key(called));
    }

    @Override
    public Behaviour behaviourFor(String called, RandomGenerator random) {
        return find(called).orElseGet(() -> otherwise.behaviourFor(called, random));
    }

    @Override
    public boolean reflects(String called) {
        return find(called).isEmpty() && otherwise.reflects(called);
    }

    @Override
    public String describe() {
        return otherwise.describe() + ", switchable";
    }

    private synchronized Optional<Behaviour> find(String called) {
        return Optional.ofNullable(switched.get(key(called)));
    }

    private static String key(String called) {
        return called.startsWith("+") ? called.substring(1) : called;
    }
}
