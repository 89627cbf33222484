package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.capture.WireMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What a listener is shown of a call.
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageTraceTest {

    private static final long TWO_MILLIS = 2_000;

    private final List<String> shown = new ArrayList<>();
    private final List<Long> calls = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> micros = new ArrayList<>();
    private final AgentFixture the = new AgentFixture(4, this::note);

    private void note(WireMessage message) {
        String text = new String(message.bytes(), 0, message.length(), java.nio.charset.StandardCharsets.UTF_8);
        shown.add("%s %s %s %s %s [%s]"
                .formatted(
                        text.startsWith("SIP/2.0") ? text.substring(8, 11) : text.substring(0, text.indexOf(' ')),
                        message.sent() ? "to" : "from",
                        message.peer(),
                        message.sent() ? "from" : "to",
                        message.local(),
                        message.trunk()));
        assertThat(message.transport()).isEqualTo(SipTransport.UDP);
        calls.add(message.call());
        nanos.add(message.nanos());
        micros.add(message.wallMicros());
    }

    @Test
    void each_message_is_shown_with_its_way_its_call_and_its_trunk() {
        var slot = the.place();
        long call = slot.liveKey();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "a"));
        the.passes(Duration.ofSeconds(2));
        the.receives(invite.answer("487 Request Terminated", "a"));
        the.receives(PeerRequestsTest.request("OPTIONS", "z9hG4bKa", 1));

        assertThat(shown)
                .containsSubsequence(
                        "INVITE to 203.0.113.5:5060 from 192.0.2.10:5060 [carrier]",
                        "180 from 203.0.113.5:5060 to 192.0.2.10:5060 [carrier]",
                        "CANCEL to 203.0.113.5:5060 from 192.0.2.10:5060 [carrier]",
                        "487 from 203.0.113.5:5060 to 192.0.2.10:5060 [carrier]",
                        "ACK to 203.0.113.5:5060 from 192.0.2.10:5060 [carrier]",
                        "OPTIONS from 203.0.113.5:5060 to 192.0.2.10:5060 [carrier]",
                        "200 to 203.0.113.5:5060 from 192.0.2.10:5060 [carrier]");
        assertThat(calls.getFirst()).isEqualTo(call).isNotZero();
        assertThat(calls.subList(0, calls.size() - 2)).containsOnly(call);
        assertThat(calls.subList(calls.size() - 2, calls.size())).containsOnly(0L);
    }

    /// Three trunks list the address: the call tells whose response it is, also when it has ended; nothing tells
    /// whose a request is.
    @Test
    void whose_a_datagram_is_from_an_address_of_several_trunks_tells_its_call() {
        var _ = the.place(1, Duration.ofMillis(100), Duration.ofSeconds(5));
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "a"), AgentFixture.OTHER_TRUNK);
        the.passes(Duration.ofSeconds(1));
        the.receives(invite.answer("487 Request Terminated", "a"), AgentFixture.OTHER_TRUNK);
        the.passes(Duration.ofSeconds(1));
        the.receives(invite.answer("487 Request Terminated", "a"), AgentFixture.OTHER_TRUNK);
        the.receives(PeerRequestsTest.request("OPTIONS", "z9hG4bKa", 1), AgentFixture.OTHER_TRUNK);

        assertThat(shown.stream().map(line -> line.replaceFirst(" .* \\[", " [")))
                .containsSequence("INVITE [other]", "180 [other]")
                .containsSequence("487 [other]", "ACK [other]", "487 [other]", "ACK [other]", "OPTIONS []", "200 []");
    }

    @Test
    void times_are_those_of_both_clocks() {
        long nanosBefore = System.nanoTime();
        long before = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        the.place();
        long after = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

        assertThat(nanos.getFirst()).isBetween(nanosBefore, System.nanoTime());
        assertThat(micros.getFirst()).isBetween(before - TWO_MILLIS, after + TWO_MILLIS);
    }
}
