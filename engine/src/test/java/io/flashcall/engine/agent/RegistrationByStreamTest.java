package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.STREAMS_TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RegistrationConfig;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.agent.HandStreams.HandStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Registrations over TLS and TCP: the first host is reached by TLS on port 5061, the second by TCP on port 5070.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationByStreamTest {

    private static final int TLS = 5061;
    private static final int TCP = 5070;

    private final AgentFixture the = new AgentFixture(trunk -> trunk.name().equals("streams")
            ? RegistrationOnTheWireTest.registering(trunk, RegistrationConfig.of("account-1"))
            : trunk);

    @Test
    void it_waits_for_the_connection_and_binds_what_the_peer_sees() {
        the.probes();
        assertThat(status().state()).isEqualTo(State.UNREGISTERED);
        assertThat(status().reason()).isEqualTo("a connection is being made");
        up(TLS, 40_001);
        Sent register = sentOne(TLS);
        assertThat(register.header("Via")).startsWith("SIP/2.0/TLS 192.0.2.10:40001;");
        assertThat(register.header("Contact")).isEqualTo("<sip:account-1@192.0.2.10:40001;transport=tls>;expires=600");
        passes(Duration.ofMillis(1_500));
        assertThat(the.streams.to(TLS).taken()).as("a repetition").isEmpty();
        grant(TLS, register);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void a_connection_that_breaks_takes_the_registration_along_and_the_next_one_brings_it_back() {
        up(TLS, 40_001);
        the.probes();
        grant(TLS, sentOne(TLS));
        passes(Duration.ofSeconds(31));
        down(TLS);
        assertThat(status().state()).isEqualTo(State.UNREGISTERED);
        assertThat(status().reason()).startsWith("the connection to ").endsWith(" is lost");
        down(TCP);
        passes(Duration.ofSeconds(5));
        assertThat(status().reason()).isEqualTo("no host of it is within reach");
        up(TLS, 40_007);
        Sent again = sentOne(TLS);
        assertThat(again.header("Contact")).contains("192.0.2.10:40007;");
        assertThat(again.header("CSeq")).isEqualTo("2 REGISTER");
        grant(TLS, again);
        assertThat(status().state()).isEqualTo(State.REGISTERED);
    }

    @Test
    void meanwhile_another_host_is_asked() {
        up(TLS, 40_001);
        up(TCP, 40_002);
        the.probes();
        grant(TLS, sentOne(TLS));
        passes(Duration.ofSeconds(31));
        down(TLS);
        the.probes();
        grant(TCP, sentOne(TCP));
        assertThat(status().reason()).startsWith("at 198.51.100.62:5070");
    }

    @Test
    void a_connection_that_breaks_before_the_answer_sends_us_to_the_next_host_at_once() {
        up(TLS, 40_001);
        up(TCP, 40_002);
        the.probes();
        sentOne(TLS);
        down(TLS);
        assertThat(sentOne(TCP).method()).isEqualTo("REGISTER");
    }

    @Test
    void a_connection_that_never_lasts_is_no_reason_to_ask_at_once_each_time() {
        up(TLS, 40_001);
        the.probes();
        grant(TLS, sentOne(TLS));
        down(TLS);
        down(TCP);
        up(TLS, 40_002);
        assertThat(the.streams.to(TLS).taken()).isEmpty();
        passes(Duration.ofMillis(2_500));
        assertThat(sentOne(TLS).method()).isEqualTo("REGISTER");
    }

    // What it takes.

    private void grant(int port, Sent register) {
        receives(port, register.answer("200 OK", "r", "Contact: " + register.header("Contact")));
    }

    private void receives(int port, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        the.cycle(agent -> agent.onMessage(the.streams.to(port).hop, bytes, bytes.length));
    }

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

    private Sent sentOne(int port) {
        var all = the.streams.to(port).taken();
        assertThat(all).as("one message").hasSize(1);
        return all.getFirst();
    }

    private void passes(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 500) {
            the.passes(Duration.ofMillis(500));
            the.probes();
        }
    }

    private RegistrationStatus status() {
        return the.trunks.get(STREAMS_TRUNK).registrations().getFirst();
    }
}
