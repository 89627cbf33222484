package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Reliable provisional responses (RFC 3262): acknowledged whether or not we said that we know them, since a callee
/// whose 180 is not acknowledged drops the call.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrackOnTheWireTest {

    private static final String CONTACT = "Contact: <sip:gw@203.0.113.5:5071>";

    private final AgentFixture the = new AgentFixture();

    @Test
    void a_reliable_180_is_acknowledged_within_its_early_dialog_and_rings() {
        Sent invite = place();
        the.receives(reliable(invite, "180 Ringing", "a", 17));
        Sent prack = the.sentOne();
        assertThat(prack.startLine()).isEqualTo("PRACK sip:gw@203.0.113.5:5071 SIP/2.0");
        assertThat(prack.header("RAck")).isEqualTo("17 1 INVITE");
        assertThat(prack.header("CSeq")).isEqualTo("2 PRACK");
        assertThat(prack.header("To")).endsWith(";tag=a");
        assertThat(prack.header("Call-ID")).isEqualTo(invite.header("Call-ID"));
        assertThat(prack.header("From")).isEqualTo(invite.header("From"));
        assertThat(prack.branch()).isNotEqualTo(invite.branch());
        assertThat(prack.to().port()).as("where its Contact says").isEqualTo(5071);
        assertThat(the.story()).containsExactly("Placed", "Ringing");
    }

    @Test
    void a_PRACK_is_sent_until_it_is_answered() {
        Sent invite = place();
        the.receives(reliable(invite, "183 Session Progress", "a", 1));
        Sent prack = the.sentOne();
        the.passes(Duration.ofMillis(502));
        assertThat(the.sentOne().text()).isEqualTo(prack.text());
        the.receives(prack.answer("200 OK", "a"));
        the.passes(Duration.ofSeconds(3));
        the.sentNothing();
    }

    @Test
    void a_repeated_response_is_acknowledged_once_and_rings_once() {
        Sent invite = place();
        the.receives(reliable(invite, "180 Ringing", "a", 1));
        the.receives(the.sentOne().answer("200 OK", "a"));
        the.receives(reliable(invite, "180 Ringing", "a", 1));
        the.sentNothing();
        assertThat(the.story()).containsExactly("Placed", "Ringing");
        assertThat(the.counted(Metric.RELIABLE_REPEATED)).isEqualTo(1);
    }

    @Test
    void one_that_comes_out_of_order_is_not_acknowledged() {
        Sent invite = place();
        the.receives(reliable(invite, "183 Session Progress", "a", 1));
        the.sent();
        the.receives(reliable(invite, "183 Session Progress", "a", 3));
        the.sentNothing();
        the.receives(reliable(invite, "183 Session Progress", "a", 2));
        assertThat(the.sentOne().header("RAck")).isEqualTo("2 1 INVITE");
    }

    @Test
    void each_fork_has_an_order_of_its_own_and_a_CSeq_of_its_own() {
        Sent invite = place();
        the.receives(reliable(invite, "183 Session Progress", "a", 900));
        the.receives(reliable(invite, "180 Ringing", "b", 5));
        the.receives(reliable(invite, "180 Ringing", "a", 901));
        var pracks = the.sent();
        assertThat(pracks.stream().map(sent -> sent.header("RAck")))
                .containsExactly("900 1 INVITE", "5 1 INVITE", "901 1 INVITE");
        assertThat(pracks.stream().map(sent -> sent.header("CSeq"))).containsExactly("2 PRACK", "3 PRACK", "4 PRACK");
        assertThat(pracks.stream().map(sent -> sent.header("To")).map(to -> to.substring(to.length() - 1)))
                .containsExactly("a", "b", "a");
    }

    @Test
    void a_BYE_counts_on_from_the_PRACKs() {
        Sent invite = place();
        the.receives(reliable(invite, "180 Ringing", "a", 1));
        the.receives(the.sentOne().answer("200 OK", "a"));
        the.receives(invite.answer("200 OK", "a", CONTACT));
        var sent = the.sent();
        assertThat(sent.stream().map(Sent::method)).containsExactly("ACK", "BYE");
        assertThat(sent.get(0).header("CSeq")).isEqualTo("1 ACK");
        assertThat(sent.get(1).header("CSeq")).isEqualTo("3 BYE");
        the.receives(sent.get(1).answer("200 OK", "a"));
        the.nothingIsLeft();
    }

    @Test
    void one_without_a_number_without_the_demand_or_without_a_tag_is_not_reliable() {
        Sent invite = place();
        the.receives(invite.answer("183 Session Progress", "a", "Require: 100rel"));
        the.receives(invite.answer("183 Session Progress", "a", "RSeq: 1"));
        the.receives(invite.answer("183 Session Progress", "", "Require: 100rel", "RSeq: 1"));
        the.receives(invite.answer("183 Session Progress", "a", "Require: 100rel", "RSeq: 0"));
        the.sentNothing();
    }

    @Test
    void the_demand_may_stand_among_others() {
        Sent invite = place();
        the.receives(invite.answer("183 Session Progress", "a", "Require: timer , 100REL", "RSeq: 1", CONTACT));
        assertThat(the.sentOne().method()).isEqualTo("PRACK");
    }

    @Test
    void a_PRACK_that_is_never_answered_ends_after_64_T1_and_is_counted() {
        Sent invite = place();
        the.receives(reliable(invite, "180 Ringing", "a", 1));
        the.passes(RING);
        the.receives(invite.answer("487 Request Terminated", "a"));
        the.passes(Duration.ofSeconds(33));
        assertThat(the.counted(Metric.PRACKS_UNANSWERED)).isEqualTo(1);
        the.nothingIsLeft();
    }

    @Test
    void a_Record_Route_of_the_provisional_is_the_way_of_its_PRACK() {
        Sent invite = place();
        String routed = invite.answer(
                "180 Ringing",
                "a",
                "Require: 100rel",
                "RSeq: 1",
                CONTACT,
                "Record-Route: <sip:203.0.113.9;lr>, <sip:203.0.113.5:5099;lr>");
        the.receives(routed);
        Sent prack = the.sentOne();
        assertThat(prack.all("Route")).isEqualTo(List.of("<sip:203.0.113.5:5099;lr>", "<sip:203.0.113.9;lr>"));
        assertThat(prack.to().port()).isEqualTo(5099);
    }

    private Sent place() {
        the.place();
        return the.sentOne();
    }

    private static String reliable(Sent invite, String status, String toTag, long number) {
        return invite.answer(status, toTag, "Require: 100rel", "RSeq: " + number, CONTACT);
    }
}
