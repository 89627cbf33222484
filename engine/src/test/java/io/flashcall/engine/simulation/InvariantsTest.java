package io.flashcall.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallEvent.HangingUp;
import io.flashcall.engine.CallEvent.Placed;
import io.flashcall.engine.CallEvent.Trying;
import java.util.ArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The checker finds what is wrong: each fault, put between a sound agent and the world, breaks the rule that forbids
/// it. A rule that nothing could break would prove nothing.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InvariantsTest {

    private static final int UNIVERSES = 40;

    @ParameterizedTest(name = "an agent that {0} is found out")
    @MethodSource("faults")
    void a_fault_is_found_out(String fault, Supplier<Mutant> mutant, String rule) {
        var seen = new ArrayList<String>();
        boolean found = LongStream.rangeClosed(1, UNIVERSES)
                .mapToObj(seed -> verdict(seed, mutant.get()))
                .peek(seen::add)
                .anyMatch(verdict -> verdict.contains(rule));
        assertThat(found)
                .as("\"%s\" is said of one that %s; said was: %s", rule, fault, seen)
                .isTrue();
    }

    private static String verdict(long seed, Mutant mutant) {
        try {
            new Universe(seed, mutant).run();
            return "";
        } catch (AssertionError found) {
            return String.valueOf(found.getMessage()).lines().findFirst().orElse("");
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(onTheWire(), inTime(), ofTheDialog(), inTheStory()).flatMap(faults -> faults);
    }

    private static Stream<Arguments> onTheWire() {
        return Stream.of(
                fault("sends no ACK", () -> Mutants.without(is("ACK")), "gets its ACK"),
                fault("sends every ACK twice", () -> Mutants.doubling(is("ACK")), "once each time"),
                fault("cancels at once", Mutants::cancellingEarly, "no CANCEL is sent before a provisional"),
                fault("never cancels", () -> Mutants.without(is("CANCEL")), "a CANCEL is sent when it is time"),
                fault("cancels with another branch", () -> other(is("CANCEL"), "z9hG4bK", "z9hG4bK1"), "INVITE's Via"),
                fault("cancels another call", () -> other(is("CANCEL"), "Call-ID: ", "Call-ID: a"), "accepted calls"),
                fault(
                        "cancels with a To tag",
                        () -> other(is("CANCEL"), ">\r\nCall", ">;tag=1\r\nCall"),
                        "INVITE's To"),
                fault("cancels another number", () -> other(is("CANCEL"), "CANCEL sip:+44", "CANCEL sip:+33"), "-URI"),
                fault("cancels the next request", () -> other(is("CANCEL"), "CSeq: 1", "CSeq: 2"), "CSeq"),
                fault(
                        "says why it cancels",
                        () -> other(is("CANCEL"), "CSeq", "Reason: SIP;cause=200\r\nCSeq"),
                        "CANCEL has no Reason"),
                fault("calls strangers", () -> Mutants.astray(is("INVITE"), "192.0.2.66"), "nothing is sent to strang"),
                fault("takes the other trunk", () -> Mutants.astray(is("INVITE"), "10.3.0.1"), "strangers"),
                fault("answers nobody", () -> Mutants.without(Message::isResponse), "gets its answer"),
                fault(
                        "takes calls",
                        () -> Mutants.rewriting(
                                Message::isResponse, text -> text.replace("SIP/2.0 403", "SIP/2.0 200")),
                        "the answer it deserves"));
    }

    private static Stream<Arguments> inTime() {
        return Stream.of(
                fault("sends each INVITE once", () -> Mutants.onlyOnce(is("INVITE")), "INVITE is sent again until"),
                fault("sends each CANCEL once", () -> Mutants.onlyOnce(is("CANCEL")), "CANCEL is sent again until"),
                fault("sends each BYE once", () -> Mutants.onlyOnce(is("BYE")), "BYE is sent again until"),
                fault("sends INVITEs in pairs", () -> Mutants.doubling(is("INVITE")), "INVITE is sent again after"),
                fault("sends BYEs in pairs", () -> Mutants.doubling(is("BYE")), "BYE is sent again after"));
    }

    private static Stream<Arguments> ofTheDialog() {
        return Stream.of(
                fault("sends no BYE", () -> Mutants.without(is("BYE")), "gets its BYE"),
                fault("shares BYE branches", Mutants::sharingByeBranches, "a branch of its own"),
                fault("hangs up on nobody", () -> other(is("BYE"), ";tag=t", ";tag=u"), "a fork that answered"),
                fault("does not count", () -> other(is("BYE"), "CSeq: 2", "CSeq: 1"), "BYE has a later CSeq"),
                fault("ACKs another To", () -> other(is("ACK"), ";tag=t", ";tag=u"), "once each time"),
                fault("follows no route", () -> Mutants.astray(is("BYE"), "10.1.0.251"), "BYE goes to"));
    }

    private static Stream<Arguments> inTheStory() {
        return Stream.of(
                fault("forgets to end", () -> Mutants.hearingNothingOf(Ended.class), "ends once"),
                fault("ends twice", () -> Mutants.hearingTwice(Ended.class), "ends once"),
                fault("leaves a gap", () -> Mutants.hearingNothingOf(Trying.class), "no gap"),
                fault("leaves another gap", () -> Mutants.hearingNothingOf(HangingUp.class), "no gap"),
                fault("places twice", () -> Mutants.hearingTwice(Placed.class), "no gap"),
                fault("rings too soon", Mutants::hearingTooSoon, "ringing is reported when"),
                fault("boasts", () -> Mutants.ending(Mutants::claimedRinging), "agrees with what was delivered"),
                fault("is modest", () -> Mutants.ending(Mutants::missedRinging), "agrees with what was delivered"),
                fault("hides a bill", () -> Mutants.ending(Mutants::missedAnswer), "agrees with what was delivered"),
                fault("leaks a slot", Mutants::leaking, "everything is given back"));
    }

    private static Arguments fault(String name, Supplier<Mutant> mutant, String rule) {
        return arguments(name, mutant, rule);
    }

    private static Mutant other(Predicate<Message> which, String wanted, String instead) {
        return Mutants.rewriting(which, text -> text.replace(wanted, instead));
    }

    private static Predicate<Message> is(String method) {
        return message -> !message.isResponse() && message.method().equals(method);
    }
}
