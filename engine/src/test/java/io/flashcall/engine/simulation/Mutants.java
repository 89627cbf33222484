package io.flashcall.engine.simulation;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Faults that an agent could have, by the name of what they do.
final class Mutants {

    private Mutants() {}

    private static Mutant sending(Function<Datagram, List<Datagram>> fault) {
        return new Mutant() {
            @Override
            public List<Datagram> send(Datagram sent) {
                return fault.apply(sent);
            }
        };
    }

    private static Mutant reporting(Function<CallEvent, List<CallEvent>> fault) {
        return new Mutant() {
            @Override
            public List<CallEvent> report(CallEvent event) {
                return fault.apply(event);
            }
        };
    }

    /// Nothing leaves that fits.
    static Mutant without(Predicate<Message> which) {
        return sending(sent -> which.test(Message.read(sent.text())) ? List.of() : List.of(sent));
    }

    /// What fits leaves twice.
    static Mutant doubling(Predicate<Message> which) {
        return sending(sent -> which.test(Message.read(sent.text())) ? List.of(sent, sent) : List.of(sent));
    }

    /// What fits leaves with another text.
    static Mutant rewriting(Predicate<Message> which, UnaryOperator<String> text) {
        return sending(sent -> List.of(
                which.test(Message.read(sent.text()))
                        ? new Datagram(text.apply(sent.text()), sent.from(), sent.to())
                        : sent));
    }

    /// What fits goes there.
    static Mutant astray(Predicate<Message> which, String host) {
        return sending(sent -> List.of(
                which.test(Message.read(sent.text()))
                        ? new Datagram(sent.text(), sent.from(), Conditions.address(host, 5060))
                        : sent));
    }

    /// Only the first of equal datagrams leaves.
    static Mutant onlyOnce(Predicate<Message> which) {
        Set<String> seen = new HashSet<>();
        return sending(
                sent -> which.test(Message.read(sent.text())) && !seen.add(sent.text()) ? List.of() : List.of(sent));
    }

    /// A CANCEL right behind the INVITE.
    static Mutant cancellingEarly() {
        return sending(sent -> Message.read(sent.text()).method().equals("INVITE")
                        && !Message.read(sent.text()).isResponse()
                ? List.of(sent, new Datagram(sent.text().replace("INVITE", "CANCEL"), sent.from(), sent.to()))
                : List.of(sent));
    }

    /// The BYE of every fork has the branch of the first.
    static Mutant sharingByeBranches() {
        var branches = new java.util.HashMap<String, String>();
        return sending(sent -> {
            var message = Message.read(sent.text());
            if (message.isResponse() || !message.method().equals("BYE")) {
                return List.of(sent);
            }
            String first = branches.computeIfAbsent(message.callId(), _ -> message.branch());
            return List.of(new Datagram(sent.text().replace(message.branch(), first), sent.from(), sent.to()));
        });
    }

    static Mutant hearingNothingOf(Class<? extends CallEvent> kind) {
        return reporting(event -> kind.isInstance(event) ? List.of() : List.of(event));
    }

    static Mutant hearingTwice(Class<? extends CallEvent> kind) {
        return reporting(event -> kind.isInstance(event) ? List.of(event, event) : List.of(event));
    }

    static Mutant ending(UnaryOperator<CallOutcome> outcome) {
        return reporting(event ->
                List.of(event instanceof Ended(var stamp, var truth) ? new Ended(stamp, outcome.apply(truth)) : event));
    }

    static CallOutcome claimedRinging(CallOutcome truth) {
        return truth instanceof Abandoned(var last) ? new Rang(last) : truth;
    }

    static CallOutcome missedRinging(CallOutcome truth) {
        return truth instanceof Rang(var last) ? new Abandoned(last) : truth;
    }

    static CallOutcome missedAnswer(CallOutcome truth) {
        return truth instanceof Answered(boolean rang, var last) && rang ? new Rang(last) : truth;
    }

    /// Ringing is reported as if it had begun a moment earlier.
    static Mutant hearingTooSoon() {
        return reporting(event -> event instanceof Ringing(var stamp, var response)
                ? List.of(new Ringing(
                        new CallEvent.Stamp(
                                stamp.call(), stamp.reference(), stamp.sequence(), stamp.at(), stamp.nanos() - 1),
                        response))
                : List.of(event));
    }

    static Mutant leaking() {
        return new Mutant() {
            @Override
            public boolean leaks() {
                return true;
            }
        };
    }
}
