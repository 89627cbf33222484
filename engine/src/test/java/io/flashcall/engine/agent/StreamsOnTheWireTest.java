package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FAILOVER;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.AgentFixture.STREAMS_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.WORDY_TCP_TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.agent.HandStreams.HandStream;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.trunk.TargetHealth.State;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Calls over TCP and TLS: a trunk whose first host is reached by TLS on port 5061, its second by TCP on port 5070.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamsOnTheWireTest {

    private static final int TLS = 5061;
    private static final int TCP = 5070;

    private final AgentFixture the = new AgentFixture();

    @Test
    void requests_say_which_transport_and_which_port_of_ours() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        assertThat(invite.header("Via"))
                .startsWith("SIP/2.0/TLS 192.0.2.10:40001;branch=z9hG4bK")
                .endsWith(";rport;alias");
        assertThat(invite.header("Contact")).isEqualTo("<sip:+12025550123@192.0.2.10:40001;transport=tls>");
        up(TCP, 40_002);
        the.streams.to(TLS).is(Stream.State.DOWN);
        Sent second = place(TCP);
        assertThat(second.header("Via")).startsWith("SIP/2.0/TCP 192.0.2.10:40002;branch=");
        assertThat(second.header("Contact")).endsWith(":40002;transport=tcp>");
    }

    @Test
    void a_flash_call_goes_by_its_connection_from_INVITE_to_ACK_and_repeats_nothing() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        the.passes(Duration.ofSeconds(3));
        receives(TLS, invite.answer("180 Ringing", "a"));
        the.passes(RING);
        Sent cancel = sentOne(TLS);
        assertThat(cancel.method()).isEqualTo("CANCEL");
        the.passes(Duration.ofSeconds(2));
        receives(TLS, cancel.answer("200 OK", "a"));
        receives(TLS, invite.answer("487 Request Terminated", "a"));
        assertThat(sentOne(TLS).method()).isEqualTo("ACK");
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.sentNothing();
        the.nothingIsLeft();
    }

    @Test
    void a_call_waits_for_the_connection_that_is_being_made() {
        the.place(STREAMS_TRUNK, RING, SETUP);
        the.passes(Duration.ofSeconds(1));
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        up(TLS, 40_001);
        assertThat(sentOne(TLS).method()).isEqualTo("INVITE");
    }

    @Test
    void a_call_that_is_hung_up_meanwhile_is_not_sent() {
        var slot = the.place(STREAMS_TRUNK, RING, SETUP);
        the.hangUp(slot);
        up(TLS, 40_001);
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        assertThat(the.outcome()).isInstanceOf(Abandoned.class);
        the.nothingIsLeft();
    }

    @Test
    void a_connection_that_takes_too_long_is_left_for_the_next_host() {
        the.place(STREAMS_TRUNK, RING, SETUP);
        up(TCP, 40_002);
        the.passes(FAILOVER);
        assertThat(sentOne(TCP).method()).isEqualTo("INVITE");
        up(TLS, 40_001);
        assertThat(the.streams.to(TLS).taken()).as("the first host").isEmpty();
    }

    @Test
    void a_connection_that_cannot_be_made_is_left_for_the_next_host_at_once() {
        the.place(STREAMS_TRUNK, RING, SETUP);
        up(TCP, 40_002);
        down(TLS);
        assertThat(sentOne(TCP).method()).isEqualTo("INVITE");
        assertThat(health(TLS)).isEqualTo(State.DOWN);
        up(TLS, 40_001);
        assertThat(health(TLS)).isEqualTo(State.UP);
    }

    @Test
    void with_no_connection_to_be_had_a_call_is_unreachable() {
        down(TLS);
        down(TCP);
        the.place(STREAMS_TRUNK, RING, SETUP);
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.UNREACHABLE);
        the.nothingIsLeft();
    }

    @Test
    void a_connection_that_takes_no_more_is_an_INVITE_that_never_left() {
        up(TLS, 40_001);
        up(TCP, 40_002);
        the.streams.to(TLS).fills();
        the.place(STREAMS_TRUNK, RING, SETUP);
        the.passes(Duration.ofMillis(2));
        assertThat(sentOne(TCP).method()).isEqualTo("INVITE");
    }

    @Test
    void a_CANCEL_that_a_full_connection_does_not_take_leaves_when_it_takes_more() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        receives(TLS, invite.answer("180 Ringing", "a"));
        the.streams.to(TLS).fills();
        the.passes(RING);
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        the.streams.to(TLS).drains();
        the.passes(Duration.ofMillis(500));
        assertThat(sentOne(TLS).method()).isEqualTo("CANCEL");
        the.passes(Duration.ofSeconds(5));
        assertThat(the.streams.to(TLS).taken()).as("once").isEmpty();
        receives(TLS, invite.answer("487 Request Terminated", "a"));
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
    }

    @Test
    void nor_is_a_BYE_forgotten_that_it_does_not_take() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        the.streams.to(TLS).fills();
        receives(TLS, invite.answer("200 OK", "a", "Contact: <sip:gw@198.51.100.61:7000;transport=tls>"));
        the.streams.to(TLS).drains();
        the.passes(Duration.ofMillis(500));
        Sent bye = sentOne(TLS);
        assertThat(bye.method()).isEqualTo("BYE");
        receives(TLS, bye.answer("200 OK", "a"));
        assertThat(the.outcome()).isInstanceOf(Answered.class);
        the.nothingIsLeft();
    }

    @Test
    void what_rings_by_a_host_that_was_left_is_cancelled_on_its_next_connection_too() {
        up(TLS, 40_001);
        up(TCP, 40_002);
        Sent first = place(TLS);
        the.passes(FAILOVER);
        Sent second = sentOne(TCP);
        receives(TLS, first.answer("183 Session Progress", "a"));
        assertThat(sentOne(TLS).method()).isEqualTo("CANCEL");
        down(TLS);
        up(TLS, 40_009);
        Sent cancel = sentOne(TLS);
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.header("Via")).as("the INVITE's own").isEqualTo(first.header("Via"));
        receives(TLS, cancel.answer("200 OK", "a"));
        receives(TCP, second.answer("486 Busy Here", "b"));
        the.nothingIsLeft();
        assertThat(the.context.wheel.armed()).isZero();
    }

    @Test
    void however_often_its_connection_comes_and_goes_it_is_given_up_after_timer_B() {
        up(TLS, 40_001);
        receives(TLS, place(TLS).answer("180 Ringing", "a"));
        down(TLS);
        for (int i = 0; i < 3; i++) {
            the.passes(Duration.ofSeconds(10));
            up(TLS, 40_010 + i);
            assertThat(sentOne(TLS).method()).isEqualTo("CANCEL");
            down(TLS);
        }
        the.passes(Duration.ofSeconds(3));
        up(TLS, 40_020);
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        assertThat(the.context.wheel.armed()).isZero();
    }

    @Test
    void a_call_that_rang_when_its_connection_broke_has_rung_and_is_cancelled_on_the_next_connection() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        receives(TLS, invite.answer("180 Ringing", "a"));
        down(TLS);
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        up(TLS, 40_009);
        Sent cancel = sentOne(TLS);
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.header("Via")).as("the INVITE's own").isEqualTo(invite.header("Via"));
        receives(TLS, cancel.answer("200 OK", "a"));
        the.nothingIsLeft();
        assertThat(the.context.wheel.armed()).isZero();
    }

    @Test
    void a_call_in_progress_when_its_connection_broke_is_not_tried_elsewhere() {
        up(TLS, 40_001);
        up(TCP, 40_002);
        receives(TLS, place(TLS).answer("100 Trying", ""));
        down(TLS);
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.NO_RINGING);
        assertThat(the.streams.to(TCP).taken()).isEmpty();
    }

    @Test
    void without_a_new_connection_nobody_waits_longer_than_timer_B() {
        up(TLS, 40_001);
        receives(TLS, place(TLS).answer("180 Ringing", "a"));
        down(TLS);
        the.passes(Duration.ofSeconds(33));
        up(TLS, 40_009);
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        the.nothingIsLeft();
    }

    @Test
    void a_BYE_that_a_broken_connection_may_have_lost_is_sent_again_on_the_next() {
        up(TLS, 40_001);
        Sent invite = place(TLS);
        receives(TLS, invite.answer("200 OK", "a", "Contact: <sip:gw@198.51.100.61:7000;transport=tls>"));
        var sent = the.streams.to(TLS).taken();
        assertThat(sent.stream().map(Sent::method)).containsExactly("ACK", "BYE");
        down(TLS);
        up(TLS, 40_009);
        Sent again = sentOne(TLS);
        assertThat(again.text()).isEqualTo(sent.get(1).text());
        receives(TLS, again.answer("200 OK", "a"));
        assertThat(the.outcome()).isInstanceOf(Answered.class);
        the.nothingIsLeft();
    }

    @Test
    void what_the_carrier_asks_by_a_connection_is_answered_by_it() {
        up(TLS, 40_001);
        String options = place(TLS)
                .text()
                .replaceAll("INVITE", "OPTIONS")
                .replaceAll("branch=z9hG4bK[^;]*", "branch=z9hG4bKtheirs")
                .replaceAll("tag=[0-9a-f]*", "tag=theirs")
                .replaceAll("Content-Length: .*\r\n\r\n[\\s\\S]*", "Content-Length: 0\r\n\r\n");
        receives(TLS, options);
        assertThat(sentOne(TLS).startLine()).isEqualTo("SIP/2.0 200 OK");
    }

    @Test
    void an_INVITE_that_is_too_long_for_a_datagram_goes_by_TCP_where_the_trunk_allows_it() {
        up(5062, 40_005);
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        the.sentNothing();
        Sent invite = sentOne(5062);
        assertThat(invite.text().length()).isGreaterThan(1_300);
        assertThat(invite.header("Via")).startsWith("SIP/2.0/TCP ");
        assertThat(the.counted(Metric.OVERSIZED_SENT)).isZero();
    }

    @Test
    void and_by_UDP_where_nobody_listens_on_TCP() {
        down(5062);
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        assertThat(the.sentOne().header("Via")).startsWith("SIP/2.0/UDP ");
        assertThat(the.counted(Metric.OVERSIZED_SENT)).isEqualTo(1);
    }

    @Test
    void and_by_UDP_while_TCP_is_silent_until_a_probe_is_answered() {
        up(5062, 40_005);
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        assertThat(sentOne(5062).method()).isEqualTo("INVITE");
        the.passes(FAILOVER);
        the.sent();
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        assertThat(the.streams.to(5062).taken()).isEmpty();
        assertThat(the.sent().getLast().header("Via")).startsWith("SIP/2.0/UDP ");
        the.probes();
        Sent options = sentOne(5062);
        assertThat(options.method()).isEqualTo("OPTIONS");
        receives(5062, options.answer("200 OK", "p"));
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        assertThat(sentOne(5062).method()).isEqualTo("INVITE");
    }

    @Test
    void and_by_UDP_after_all_when_the_connection_breaks_before_an_answer() {
        up(5062, 40_005);
        the.place(WORDY_TCP_TRUNK, RING, SETUP);
        assertThat(sentOne(5062).method()).isEqualTo("INVITE");
        down(5062);
        assertThat(the.sentOne().header("Via")).startsWith("SIP/2.0/UDP ");
    }

    // What it takes.

    private void up(int port, int ours) {
        HandStream stream = the.streams.to(port);
        stream.is(Stream.State.UP);
        the.cycle(agent -> agent.onUp(stream.hop, new InetSocketAddress("192.0.2.10", ours)));
    }

    private void down(int port) {
        HandStream stream = the.streams.to(port);
        stream.is(Stream.State.DOWN);
        the.cycle(agent -> agent.onDown(stream.hop));
    }

    private void receives(int port, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        the.cycle(agent -> agent.onMessage(the.streams.to(port).hop, bytes, bytes.length));
    }

    private Sent place(int port) {
        the.place(STREAMS_TRUNK, RING, SETUP);
        return sentOne(port);
    }

    private Sent sentOne(int port) {
        List<Sent> all = the.streams.to(port).taken();
        assertThat(all).as("to port %s", port).hasSize(1);
        return all.getFirst();
    }

    private State health(int port) {
        return the.streams.to(port).hop.health.state();
    }
}
