package io.flashcall.testbed.behaviour;

import java.util.List;
import java.util.random.RandomGenerator;

/// `by-number`: the last three digits of the called number choose the behaviour. 000 to 021 are the named
/// ones in the order of [#describe]; 300 to 699 answer with that status; every other ending rings.
public final class BehaviourTable implements Dialplan {

    private static final List<String> NAMED = List.of(
            "ring",
            "early-media-then-ring",
            "early-media-only",
            "ring-then-answer",
            "answer-at-once",
            "answer-on-cancel",
            "busy",
            "decline-while-ringing",
            "silent",
            "trying-only",
            "fork-two-ring",
            "fork-two-answer",
            "no-487",
            "no-cancel-answer",
            "lossy",
            "other-port",
            "huge-headers",
            "reflect",
            "voicemail",
            "network-blocked",
            "redirect",
            "rejected");

    private final Behaviour[] byEnding = new Behaviour[1000];

    BehaviourTable() {
        Behaviour ring = Behaviour.parse("ring");
        for (int ending = 0; ending < byEnding.length; ending++) {
            byEnding[ending] = ending < NAMED.size()
                    ? Behaviour.parse(NAMED.get(ending))
                    : ending >= 300 && ending <= 699 ? Behaviour.parse("status-" + ending) : ring;
        }
    }

    @Override
    public Behaviour behaviourFor(String called, RandomGenerator random) {
        return chosenBy(called);
    }

    @Override
    public boolean reflects(String called) {
        return chosenBy(called).stateless();
    }

    private Behaviour chosenBy(String called) {
        int ending = 0;
        int place = 1;
        for (int i = called.length() - 1; i >= 0 && place < 1000; i--) {
            char c = called.charAt(i);
            if (c >= '0' && c <= '9') {
                ending += (c - '0') * place;
                place *= 10;
            }
        }
        return byEnding[ending];
    }

    @Override
    public String describe() {
        return "by-number";
    }

    /// The table, a line for each ending; for `--help` and the README.
    public static String table() {
        StringBuilder text = new StringBuilder();
        for (int ending = 0; ending < NAMED.size(); ending++) {
            text.append("  %03d      %s%n".formatted(ending, NAMED.get(ending)));
        }
        text.append("  300-699  status-NNN, NNN being those digits%n".formatted());
        return text.append("  other    ring%n".formatted()).toString();
    }
}
