package io.flashcall.engine.system;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Dialplan;
import java.util.random.RandomGenerator;

/// Calls to that number ring, all others are sent elsewhere.
record MovedNumber(String number, Behaviour there, Behaviour elsewhere) implements Dialplan {

    /// @param where as the `to` of a redirection has it
    static Dialplan to(String number, String where) {
        return new MovedNumber(number, Behaviour.parse("ring"), Behaviour.parse("redirect:to=" + where));
    }

    @Override
    public Behaviour behaviourFor(String called, RandomGenerator random) {
        return called.equals(number) ? there : elsewhere;
    }

    @Override
    public boolean reflects(String called) {
        return false;
    }

    @Override
    public String describe() {
        return "moved to " + number;
    }
}
