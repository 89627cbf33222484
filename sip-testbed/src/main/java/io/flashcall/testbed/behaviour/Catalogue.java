package io.flashcall.testbed.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The behaviours by name, each with the parameters of its own and one line that says what it does.
enum Catalogue {
    RING("ring", "", "100, then 180 after pdd; rings until hung up"),
    EARLY_MEDIA_THEN_RING("early-media-then-ring", "after=200ms", "183 with SDP at pdd, 180 that much later"),
    EARLY_MEDIA_ONLY("early-media-only", "", "183 with SDP at pdd, never a 180"),
    RING_THEN_ANSWER("ring-then-answer", "answer=300ms", "180 at pdd, 200 that much later"),
    ANSWER_AT_ONCE("answer-at-once", "pdd=0ms,trying=false", "200 without ringing"),
    ANSWER_ON_CANCEL(
            "answer-on-cancel", "legs=1", "rings; a CANCEL brings a 200 to the INVITE, as if they had crossed"),
    BUSY("busy", "", "486 at pdd"),
    DECLINE_WHILE_RINGING("decline-while-ringing", "after=300ms", "180 at pdd, 603 that much later"),
    STATUS(
            "status-NNN",
            "reason=Q.850-CAUSE,retry-after=SECONDS,ringing=DURATION",
            "status NNN (101 to 699) at pdd; with ringing, 180 at pdd and NNN that much later"),
    SILENT("silent", "", "nothing, ever"),
    TRYING_ONLY("trying-only", "", "100 and no more; a CANCEL is answered properly"),
    FORK_TWO_RING("fork-two-ring", "gap=50ms", "two To tags ring, the second gap later"),
    FORK_TWO_ANSWER(
            "fork-two-answer", "answer=300ms,gap=50ms", "two To tags ring and answer, each with its own Contact"),
    NO_487("no-487", "", "rings; a CANCEL gets its 200, the INVITE never a final response"),
    NO_CANCEL_ANSWER("no-cancel-answer", "", "rings; a CANCEL gets no answer and has no effect"),
    LOSSY(
            "lossy",
            "drop=0.1,duplicate=0.1,reorder=0.05,delay=0.05,by=20ms,of=ring",
            "another behaviour over a line that drops, duplicates, reorders, delays both ways"),
    OTHER_PORT("other-port", "of=ring", "another behaviour whose responses come from another port"),
    HUGE_HEADERS(
            "huge-headers", "size=3000,of=ring", "another behaviour in legal but odd responses with that much padding"),
    REFLECT("reflect", "", "stateless and cheap: 100 and 180 at once, 200 and 487 to CANCEL; for load"),
    VOICEMAIL("voicemail", "answer=600ms", "181 at pdd, 200 that much later: diverted without ringing"),
    REDIRECT(
            "redirect",
            "to=sip:{user}@{host},status=302",
            "3xx at pdd with these Contacts, joined by |; unless told otherwise back to itself"),
    REJECTED(
            "rejected",
            "card=https://block.example.net/complaint-jws",
            "608 at pdd, with the Call-Info of RFC 8688 that points to a jCard"),
    NETWORK_BLOCKED("network-blocked", "", "603 Network Blocked at pdd, with the Reason that such networks give");

    private final String label;
    private final String parameters;
    private final String meaning;

    Catalogue(String label, String parameters, String meaning) {
        this.label = label;
        this.parameters = parameters;
        this.meaning = meaning;
    }

    String label() {
        return label;
    }

    static Optional<Catalogue> named(String name) {
        if (name.matches("status-\\d{3}")) {
            return Optional.of(STATUS);
        }
        return Arrays.stream(values())
                .filter(entry -> entry != STATUS && entry.label.equals(name))
                .findFirst();
    }

    /// The key that a bare value stands for, as in `ring:200ms`.
    String principal() {
        return switch (this) {
            case LOSSY -> "drop";
            case HUGE_HEADERS -> "size";
            case OTHER_PORT -> "of";
            default -> "pdd";
        };
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Catalogue::label).toList();
    }

    static String describe() {
        StringBuilder text = new StringBuilder();
        for (Catalogue entry : values()) {
            text.append("  %-22s %s%n".formatted(entry.label, entry.meaning));
            if (!entry.parameters.isEmpty()) {
                text.append("  %-22s   [%s]%n".formatted("", entry.parameters));
            }
        }
        return text.toString();
    }
}
