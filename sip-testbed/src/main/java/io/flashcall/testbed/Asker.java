package io.flashcall.testbed;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.HeaderValue;
import io.flashcall.testbed.wire.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The carrier's own requests within early dialogs, and what callers answer: the client transaction of RFC 3261
/// §17.1.2. Confined to the loop.
final class Asker {

    private static final List<HeaderName> COPIED =
            List.of(HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ);

    private final Counts counts;
    private final Schedule schedule;
    private final CarrierTimers timers;
    private final Map<String, Asked> open = new HashMap<>();
    private long serial;

    Asker(Counts counts, Schedule schedule, CarrierTimers timers) {
        this.counts = counts;
        this.schedule = schedule;
        this.timers = timers;
    }

    /// One request that is out.
    private static final class Asked {
        private final SipMessage request;
        private final byte[] bytes;
        private final Invite invite;
        private final Consumer<byte[]> transmit;
        private boolean answered;

        Asked(SipMessage request, byte[] bytes, Invite invite, Consumer<byte[]> transmit) {
            this.request = request;
            this.bytes = bytes;
            this.invite = invite;
            this.transmit = transmit;
        }
    }

    /// Sends one request to the caller.
    ///
    /// @param ownHostPort where the answer is to go
    void ask(Invite invite, Leg leg, String method, String ownHostPort, Consumer<byte[]> transmit) {
        serial++;
        String branch = "z9hG4bKask" + Long.toHexString(serial) + "x" + leg.tag();
        byte[] bytes = text(invite, leg, method, ownHostPort, branch).getBytes(StandardCharsets.ISO_8859_1);
        SipMessage request = SipMessage.parse(bytes, bytes.length)
                .orElseThrow(() -> new IllegalStateException("a request that cannot be read (expected: SIP)"));
        Asked asked = new Asked(request, bytes, invite, transmit);
        open.put(branch, asked);
        counts.add(Counts.Kind.ASKED);
        transmit.accept(bytes);
        if (!invite.source().isReliable()) {
            repeat(asked, timers.t1().toNanos());
        }
        schedule.at(System.nanoTime() + timers.giveUp().toNanos(), () -> giveUp(branch, asked));
    }

    private static String text(Invite invite, Leg leg, String method, String ownHostPort, String branch) {
        SipMessage original = invite.message();
        String contact = HeaderValue.uri(original.headerOrEmpty(HeaderName.CONTACT));
        String event = method.equals("NOTIFY") ? "Event: message-summary\r\nSubscription-State: terminated\r\n" : "";
        return method + " " + contact + " SIP/2.0\r\nVia: SIP/2.0/"
                + invite.source().transport() + " " + ownHostPort
                + ";branch=" + branch + "\r\nMax-Forwards: 70\r\nFrom: "
                + original.headerOrEmpty(HeaderName.TO) + ";tag=" + leg.tag() + "\r\nTo: "
                + original.headerOrEmpty(HeaderName.FROM) + "\r\nCall-ID: " + invite.callId() + "\r\nCSeq: "
                + leg.nextOwnCseq() + " " + method + "\r\nContact: <" + leg.contactUri() + ">\r\n" + event
                + "Content-Length: 0\r\n\r\n";
    }

    private void repeat(Asked asked, long interval) {
        schedule.at(System.nanoTime() + interval, () -> {
            if (!asked.answered && open.containsKey(asked.request.branch())) {
                asked.transmit.accept(asked.bytes);
                repeat(asked, Math.min(2 * interval, timers.t2().toNanos()));
            }
        });
    }

    private void giveUp(String branch, Asked asked) {
        open.remove(branch);
        if (!asked.answered && !asked.invite.source().isGone()) {
            counts.violated(Rule.ASK_ANSWERED, asked.invite.callId(), "no answer to " + asked.request.method());
        }
    }

    /// Takes a response; whether it answers one of the requests.
    boolean onResponse(SipMessage response) {
        Asked asked = open.get(response.branch());
        if (asked == null || !response.cseqMethod().equals(asked.request.method())) {
            return false;
        }
        if (response.status() < 200 || asked.answered) {
            return true;
        }
        asked.answered = true;
        counts.add(response.status() < 300 ? Counts.Kind.ACCEPTED : Counts.Kind.DECLINED);
        for (HeaderName name : COPIED) {
            if (!response.headers(name).equals(asked.request.headers(name))) {
                counts.violated(
                        Rule.RESPONSE_COPIED,
                        asked.invite.callId(),
                        name.longForm() + " " + response.headers(name) + " (expected: " + asked.request.headers(name)
                                + ")");
            }
        }
        return true;
    }
}
