package io.flashcall.cli.page;

import io.flashcall.testbed.behaviour.Behaviour;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a phone does when it is called, as the page's switches say it.
public enum PhoneMood {
    RINGS("ring:pdd=400ms"),
    BUSY("busy:400ms"),
    /// Q.850 cause 20: subscriber absent.
    OFF("status-480:pdd=600ms,reason=20"),
    ANSWERS("answer-at-once:pdd=500ms,trying=true"),
    REJECTS("decline-while-ringing:pdd=400ms,after=1300ms"),
    VOICEMAIL("voicemail:pdd=500ms,answer=900ms"),
    BLOCKED("network-blocked:400ms");

    private final String behaviour;

    PhoneMood(String behaviour) {
        this.behaviour = behaviour;
    }

    /// Of the testbed's carrier.
    Behaviour behaviour() {
        return Behaviour.parse(behaviour);
    }

    /// `rings` and so on.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PhoneMood> named(String label) {
        return Arrays.stream(values())
                .filter(mood -> mood.label().equals(label))
                .findFirst();
    }
}
