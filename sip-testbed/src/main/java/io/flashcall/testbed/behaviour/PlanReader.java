package io.flashcall.testbed.behaviour;

import io.flashcall.testbed.option.Parameters;
import io.flashcall.testbed.wire.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Turns a name and its parameters into the plan of a call.
final class PlanReader {

    private static final Duration USUAL_PDD = Duration.ofMillis(50);
    private static final Duration USUAL_TALK = Duration.ofMillis(300);
    private static final Duration USUAL_DIVERSION = Duration.ofMillis(600);

    /// What networks that block by analytics say since March 2026 (FCC 25-15), "603+".
    private static final SipResponse.Field BLOCKED = new SipResponse.Field(
            "Reason", "SIP;cause=603;text=\"v=analytics1;url=https://redress.example\";location=RLN");

    private final Parameters parameters;
    private final List<Step> steps = new ArrayList<>(4);
    private final long pdd;

    private PlanReader(Catalogue entry, Parameters parameters) {
        this.parameters = parameters;
        boolean atOnce = entry == Catalogue.ANSWER_AT_ONCE;
        boolean mute = entry == Catalogue.SILENT;
        this.pdd =
                parameters.duration("pdd", atOnce ? Duration.ZERO : USUAL_PDD).toNanos();
        if (parameters.flag("trying", !atOnce && !mute)) {
            steps.add(new Step(0, 100, 0, false, "", List.of()));
        }
    }

    static CallPlan read(Catalogue entry, String name, Parameters parameters) {
        PlanReader reader = new PlanReader(entry, parameters);
        reader.steps(entry, name);
        int legs = reader.legs(entry);
        int routes = parameters.count("routes", 0, 0, 4);
        return new CallPlan(reader.steps, onCancel(entry), legs, routes, early(parameters));
    }

    private static Early early(Parameters parameters) {
        List<SipResponse.Field> fields = new ArrayList<>(2);
        if (parameters.has("early-media")) {
            fields.add(new SipResponse.Field("P-Early-Media", parameters.word("early-media", "")));
        }
        if (parameters.has("alert")) {
            fields.add(new SipResponse.Field("Alert-Info", "<" + parameters.word("alert", "") + ">"));
        }
        List<Early.Ask> asks = new ArrayList<>(3);
        for (String method : List.of("update", "info", "notify")) {
            if (parameters.has(method)) {
                long after = parameters.duration(method, Duration.ZERO).toNanos();
                asks.add(new Early.Ask(method.toUpperCase(Locale.ROOT), after));
            }
        }
        return new Early(
                constant(parameters, "100rel", Early.Reliability.values(), Early.Reliability.OFF),
                fields,
                asks,
                constant(parameters, "reset", Early.Reset.values(), Early.Reset.NEVER));
    }

    private static <E extends Enum<E>> E constant(Parameters parameters, String key, E[] values, E usual) {
        List<String> names = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return values[names.indexOf(parameters.oneOf(key, names, usual.name().toLowerCase(Locale.ROOT)))];
    }

    private static OnCancel onCancel(Catalogue entry) {
        return switch (entry) {
            case ANSWER_ON_CANCEL -> OnCancel.ANSWER;
            case NO_487 -> OnCancel.ACCEPT_ONLY;
            case NO_CANCEL_ANSWER -> OnCancel.IGNORE;
            default -> OnCancel.TERMINATE;
        };
    }

    private int legs(Catalogue entry) {
        return switch (entry) {
            case FORK_TWO_RING, FORK_TWO_ANSWER -> 2;
            case ANSWER_ON_CANCEL -> parameters.count("legs", 1, 1, 2);
            default -> 1;
        };
    }

    private void steps(Catalogue entry, String name) {
        switch (entry) {
            case RING, ANSWER_ON_CANCEL, NO_487, NO_CANCEL_ANSWER -> ring(0);
            case LOSSY, OTHER_PORT, HUGE_HEADERS, REFLECT ->
                throw new IllegalStateException(entry + " has no plan of its own");
            case EARLY_MEDIA_THEN_RING -> {
                step(pdd, 183, 0, true);
                step(pdd + nanos("after", Duration.ofMillis(200)), 180, 0, false);
            }
            case EARLY_MEDIA_ONLY -> step(pdd, 183, 0, true);
            case RING_THEN_ANSWER -> {
                ring(0);
                step(pdd + nanos("answer", USUAL_TALK), 200, 0, true);
            }
            case ANSWER_AT_ONCE -> step(pdd, 200, 0, true);
            case BUSY -> step(pdd, 486, 0, false);
            case DECLINE_WHILE_RINGING -> {
                ring(0);
                step(pdd + nanos("after", USUAL_TALK), 603, 0, false);
            }
            case STATUS -> status(name);
            case SILENT, TRYING_ONLY -> {}
            case FORK_TWO_RING -> {
                ring(0);
                step(pdd + gap(), 180, 1, false);
            }
            case FORK_TWO_ANSWER -> forkTwoAnswer();
            case VOICEMAIL -> {
                step(pdd, 181, 0, false);
                step(pdd + nanos("answer", USUAL_DIVERSION), 200, 0, true);
            }
            case REDIRECT -> redirect();
            case REJECTED -> rejected();
            case NETWORK_BLOCKED -> steps.add(new Step(pdd, 603, 0, false, "Network Blocked", List.of(BLOCKED)));
        }
    }

    private void forkTwoAnswer() {
        long answer = pdd + nanos("answer", USUAL_TALK);
        long gap = gap();
        ring(0);
        ring(1);
        step(answer, 200, 0, true);
        step(answer + gap, 200, 1, true);
    }

    private void status(String name) {
        int status = Integer.parseInt(name.substring("status-".length()));
        if (status <= 100 || status > 699) {
            throw new IllegalArgumentException("behaviour " + name + ": status " + status + " (expected: 101 to 699)");
        }
        List<SipResponse.Field> extra = new ArrayList<>(2);
        int cause = parameters.count("reason", 0, 1, 127);
        if (cause > 0) {
            extra.add(new SipResponse.Field("Reason", "Q.850;cause=" + cause + ";text=\"cause " + cause + "\""));
        }
        int retryAfter = parameters.count("retry-after", -1, 0, 86_400);
        if (retryAfter >= 0) {
            extra.add(new SipResponse.Field("Retry-After", Integer.toString(retryAfter)));
        }
        long at = pdd;
        if (parameters.has("ringing")) {
            ring(0);
        }
        at += nanos("ringing", Duration.ZERO);
        steps.add(new Step(at, status, 0, status / 100 == 2, "", List.copyOf(extra)));
    }

    /// Contacts in order of preference; `{user}` and `{host}` stand for the Request-URI's (RFC 3261 §8.1.3.4).
    private void redirect() {
        List<SipResponse.Field> contacts = new ArrayList<>();
        String[] uris = parameters.word("to", "sip:{user}@{host}").split("\\|", -1);
        for (int i = 0; i < uris.length; i++) {
            String preference = uris.length == 1 ? "" : ";q=0." + Math.max(1, 9 - i);
            contacts.add(new SipResponse.Field("Contact", "<" + uris[i].trim() + ">" + preference));
        }
        int status = parameters.count("status", 302, 300, 399);
        steps.add(new Step(pdd, status, 0, false, "", contacts));
    }

    /// RFC 8688: who rejected the call says in a signed jCard where to complain.
    private void rejected() {
        String card = parameters.word("card", "https://block.example.net/complaint-jws");
        var info = new SipResponse.Field("Call-Info", "<" + card + ">;purpose=jwscard");
        steps.add(new Step(pdd, 608, 0, false, "", List.of(info)));
    }

    private void ring(int leg) {
        step(pdd, 180, leg, false);
    }

    private void step(long at, int status, int leg, boolean sdp) {
        steps.add(new Step(at, status, leg, sdp, "", List.of()));
    }

    private long gap() {
        return nanos("gap", Duration.ofMillis(50));
    }

    private long nanos(String key, Duration usual) {
        return parameters.duration(key, usual).toNanos();
    }
}
