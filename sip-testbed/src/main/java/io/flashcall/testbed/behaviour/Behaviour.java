package io.flashcall.testbed.behaviour;

import io.flashcall.testbed.option.Parameters;
import io.flashcall.testbed.wire.OddStyle;
import io.flashcall.testbed.wire.PlainStyle;
import io.flashcall.testbed.wire.ResponseStyle;
import java.time.Duration;
import java.util.List;

/// What a carrier does with one call: the plan, and the line it is played over.
///
/// @param text the behaviour as it was written, `name` or `name:key=value,...`
/// @param plan which responses when
/// @param impairment what the line does to datagrams in both directions
/// @param otherPort whether responses leave from another port than the INVITE came to
/// @param style how responses are written
/// @param stateless whether plan and line are set aside and requests merely reflected
public record Behaviour(
        String text, CallPlan plan, Impairment impairment, boolean otherPort, ResponseStyle style, boolean stateless) {

    /// Reads `name`, `name:value` or `name:key=value,...`. Every behaviour takes `pdd=50ms` (post-dial delay,
    /// INVITE to the first response after 100; a bare value is this one), `trying=true` (send a 100 at once)
    /// and `routes=0` (Record-Route headers in the responses). `lossy`, `other-port` and `huge-headers` wrap
    /// the behaviour that `of` names and hand on the parameters they do not know:
    /// `lossy:drop=0.2,of=ring-then-answer,answer=1s`.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static Behaviour parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).trim();
        Catalogue entry = Catalogue.named(name).orElseThrow(() -> unknown(name));
        if (colon >= 0 && colon == text.length() - 1) {
            throw new IllegalArgumentException("behaviour " + name + ": nothing after ':' (expected: key=value,...)");
        }
        Parameters parameters =
                new Parameters("behaviour " + name, colon < 0 ? "" : text.substring(colon + 1), entry.principal());
        Behaviour behaviour = read(text, entry, name, parameters);
        parameters.refuseUnknown();
        return behaviour;
    }

    private static Behaviour read(String text, Catalogue entry, String name, Parameters parameters) {
        Impairment impairment = entry == Catalogue.LOSSY ? impairment(parameters) : Impairment.NONE;
        ResponseStyle style = entry == Catalogue.HUGE_HEADERS
                ? new OddStyle(parameters.count("size", 3000, 0, 60_000))
                : new PlainStyle();
        CallPlan plan = switch (entry) {
            case LOSSY, OTHER_PORT, HUGE_HEADERS -> wrapped(parameters);
            // It follows no plan and knows no parameters: it sees each request for the first time.
            case REFLECT -> new CallPlan(List.of(), OnCancel.TERMINATE, 1, 0, Early.NOTHING);
            default -> PlanReader.read(entry, name, parameters);
        };
        return new Behaviour(text, plan, impairment, entry == Catalogue.OTHER_PORT, style, entry == Catalogue.REFLECT);
    }

    private static CallPlan wrapped(Parameters parameters) {
        String inner = parameters.word("of", Catalogue.RING.label());
        Catalogue entry = Catalogue.named(inner).orElseThrow(() -> unknown(inner));
        return switch (entry) {
            case LOSSY, OTHER_PORT, HUGE_HEADERS, REFLECT ->
                throw new IllegalArgumentException(
                        "behaviour of='" + inner + "' (expected: one that neither wraps another nor is reflect)");
            default -> PlanReader.read(entry, inner, parameters);
        };
    }

    private static Impairment impairment(Parameters parameters) {
        return new Impairment(
                parameters.rate("drop", 0.1),
                parameters.rate("duplicate", 0.1),
                parameters.rate("reorder", 0.05),
                parameters.rate("delay", 0.05),
                parameters.duration("by", Duration.ofMillis(20)));
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "behaviour '" + name + "' is unknown (expected: one of " + String.join(", ", Catalogue.labels()) + ")");
    }

    /// Every behaviour with its parameters and their defaults, one or two lines each; for `--help` and the
    /// README.
    public static String describeAll() {
        return Catalogue.describe() + """
                    Each but reflect takes:
                      pdd=50ms, trying=true        INVITE to first response; a 100 at once. A bare value is pdd;
                                                   for one that wraps: drop, size or of
                      routes=0                     so many Record-Route headers in 18x and 2xx
                      100rel=off                   or supported, required (421 without), forced: 18x want a PRACK
                      early-media=VALUE            P-Early-Media in 18x, such as sendrecv
                      alert=URI                    Alert-Info in 18x, such as urn:alert:service:call-waiting
                      update=, info=, notify=100ms a request within the early dialog, so long after the first 18x
                      reset=MOMENT                 of the connection: on invite, trying, progress, ringing, cancel,
                                                   answer or refusal (a challenge, 486, 487)
                    N x BEHAVIOUR then BEHAVIOUR   the first N calls meet one, the others the next
                  """;
    }

    @Override
    public String toString() {
        return text;
    }
}
