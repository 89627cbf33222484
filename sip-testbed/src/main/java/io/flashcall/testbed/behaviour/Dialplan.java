package io.flashcall.testbed.behaviour;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Chooses what a call meets.
public interface Dialplan {

    /// The behaviour for this call; asked once for each INVITE, and for a request that belongs to no call.
    ///
    /// @param called the user part of the Request-URI, as dialled
    /// @param random the carrier's seeded source, for choices by weight
    Behaviour behaviourFor(String called, RandomGenerator random);

    /// Whether calls to this number are reflected, without being remembered. Chance has no say: the CANCEL must be
    /// told the same as the INVITE.
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

    /// The dialplan that `text` names: `by-number`, a behaviour as [Behaviour#parse] reads it, or a sequence such as
    /// `20 x status-503:retry-after=5 then ring`.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    static Dialplan parse(String text) {
        int then = text.indexOf(" then ");
        if (then >= 0) {
            return Sequence.parse(
                    text.substring(0, then), parse(text.substring(then + 6).trim()), text);
        }
        return text.equals("by-number") ? byNumber() : always(Behaviour.parse(text));
    }

    /// The first calls meet one behaviour, all others what follows; calls are counted, not attempts.
    final class Sequence implements Dialplan {

        private final Behaviour first;
        private final AtomicInteger left;
        private final Dialplan next;
        private final String text;

        private Sequence(Behaviour first, int count, Dialplan next, String text) {
            this.first = first;
            this.left = new AtomicInteger(count);
            this.next = next;
            this.text = text;
        }

        private static Sequence parse(String head, Dialplan next, String text) {
            String[] parts = head.trim().split(" x ", 2);
            if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,6}")) {
                throw new IllegalArgumentException(
                        "dialplan '" + text + "' (expected: N x BEHAVIOUR then BEHAVIOUR, such as 5 x busy then ring)");
            }
            Behaviour first = Behaviour.parse(parts[1].trim());
            if (first.stateless() || next.reflects("")) {
                throw new IllegalArgumentException(
                        "dialplan '" + text + "' (expected: no reflect, which cannot count)");
            }
            return new Sequence(first, Integer.parseInt(parts[0]), next, text);
        }

        @Override
        public Behaviour behaviourFor(String called, RandomGenerator random) {
            return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0 ? first : next.behaviourFor(called, random);
        }

        @Override
        public boolean reflects(String called) {
            return false;
        }

        @Override
        public String describe() {
            return text;
        }
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
