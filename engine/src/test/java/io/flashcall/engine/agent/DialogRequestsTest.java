package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.CARRIER;
import static io.flashcall.engine.agent.AgentFixture.OTHER_TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the callee's side may ask within its early dialogs: UPDATE (RFC 3311), INFO (RFC 6086), NOTIFY (RFC 6665).
@DisplayNameGeneration(ReplaceUnderscores.class)
class DialogRequestsTest {

    private static final String CONTACT = "Contact: <sip:gw@203.0.113.5:5071>";
    private static final String SDP = "Content-Type: application/sdp";
    private static final String OFFER = """
            v=0
            o=- 4 5 IN IP4 203.0.113.5
            s=-
            c=IN IP4 203.0.113.5
            t=0 0
            m=audio 30000 RTP/AVP 18 0 8 101
            a=rtpmap:101 telephone-event/8000
            """.replace("\n", "\r\n");

    private final AgentFixture the = new AgentFixture();
    private int asked;

    @Test
    void an_UPDATE_without_an_offer_is_answered_200_with_our_contact() {
        Sent invite = ringing();
        Sent answer = asks(invite, "UPDATE", "a", "");
        assertThat(answer.startLine()).isEqualTo("SIP/2.0 200 OK");
        assertThat(answer.header("Contact")).isEqualTo(invite.header("Contact"));
        assertThat(answer.header("To")).isEqualTo(invite.header("From"));
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(the.story()).containsExactly("Placed", "Ringing");
    }

    @Test
    void an_offer_waits_until_the_fork_has_answered_ours() {
        Sent invite = ringing();
        assertThat(asks(invite, "UPDATE", "a", OFFER, SDP).method()).isEqualTo("491");
        answered(invite, "a");
        assertThat(asks(invite, "UPDATE", "b", OFFER, SDP).method())
                .as("another fork")
                .isEqualTo("491");
        assertThat(asks(invite, "UPDATE", "a", OFFER, SDP).method()).isEqualTo("200");
    }

    @Test
    void an_answer_that_is_not_reliable_is_but_a_preview() {
        Sent invite = ringing();
        the.receives(withBody(invite.answer("183 Session Progress", "a", SDP, CONTACT), OFFER));
        assertThat(asks(invite, "UPDATE", "a", OFFER, SDP).method()).isEqualTo("491");
    }

    @Test
    void an_offer_is_answered_from_our_codecs_in_their_order_under_a_new_version() {
        Sent invite = ringing();
        answered(invite, "a");
        Sent answer = asks(invite, "UPDATE", "a", OFFER, SDP);
        assertThat(answer.header("Content-Type")).isEqualTo("application/sdp");
        assertThat(body(answer)).contains("\r\nm=audio 40000 RTP/AVP 0 8\r\n").doesNotContain("telephone-event");
        assertThat(answer.header("Content-Length"))
                .isEqualTo(Integer.toString(body(answer).length()));
        long first = version(body(invite));
        assertThat(version(body(answer))).isEqualTo(first + 1);
        assertThat(version(body(asks(invite, "UPDATE", "a", OFFER, SDP)))).isEqualTo(first + 2);
        assertThat(origin(body(answer))[1]).as("the session").isEqualTo(origin(body(invite))[1]);
    }

    @ParameterizedTest
    @CsvSource({"sendonly, recvonly", "recvonly, sendonly", "inactive, inactive"})
    void a_stream_goes_the_other_way_of_the_offer(String theirs, String ours) {
        Sent invite = ringing();
        answered(invite, "a");
        assertThat(body(asks(invite, "UPDATE", "a", OFFER + "a=" + theirs + "\r\n", SDP)))
                .endsWith("m=audio 40000 RTP/AVP 0 8\r\na=" + ours + "\r\n");
        String ofAll = OFFER.replace("m=audio", "a=" + theirs + "\r\nm=audio");
        assertThat(body(asks(invite, "UPDATE", "a", ofAll, SDP)))
                .endsWith("m=audio 40000 RTP/AVP 0 8\r\na=" + ours + "\r\n");
    }

    @Test
    void each_stream_has_its_answer_and_those_that_are_not_ours_are_refused() {
        Sent invite = ringing();
        answered(invite, "a");
        String offer = OFFER.replace(
                "m=audio", "m=video 5000 RTP/AVP 31\r\nm=audio 5002 RTP/SAVP 8\r\nm=audio 0 RTP/AVP 8\r\nm=audio");
        assertThat(body(asks(invite, "UPDATE", "a", offer, SDP))).endsWith("""
                        t=0 0
                        m=video 0 RTP/AVP 31
                        m=audio 0 RTP/SAVP 8
                        m=audio 0 RTP/AVP 8
                        m=audio 40000 RTP/AVP 0 8
                        """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "m=audio 30000 RTP/AVP 18",
        "m=audio 30000 RTP/AVP",
        "m=audio",
        "m",
        "m=video 30000 RTP/AVP 8",
        "m=audio 0 RTP/AVP 8",
        "m=audio 70000 RTP/AVP 8",
        "m=audio 30000 RTP/AVP\u0007 8",
        "a=sendonly",
        "x"
    })
    void an_offer_of_which_nothing_can_be_accepted_gets_488(String stream) {
        Sent invite = ringing();
        answered(invite, "a");
        String offer = OFFER.substring(0, OFFER.indexOf("m=")) + stream;
        assertThat(asks(invite, "UPDATE", "a", offer, SDP).method()).isEqualTo("488");
        assertThat(asks(invite, "UPDATE", "a", "m=audio 9 RTP/AVP 8\r\n".repeat(9), SDP)
                        .method())
                .as("more streams than anybody has")
                .isEqualTo("488");
    }

    @Test
    void a_body_that_is_no_offer_gets_415_with_what_is_accepted() {
        Sent answer = asks(ringing(), "UPDATE", "a", "<x/>", "Content-Type: application/xml");
        assertThat(answer.method()).isEqualTo("415");
        assertThat(answer.header("Accept")).isEqualTo("application/sdp");
    }

    @Test
    void an_extension_that_is_insisted_on_gets_420_which_names_it() {
        Sent answer = asks(ringing(), "UPDATE", "a", "", "Require: precondition, timer", "Require: x");
        assertThat(answer.method()).isEqualTo("420");
        assertThat(answer.all("Unsupported")).containsExactly("precondition, timer", "x");
        assertThat(answer.all("Contact")).isEmpty();
    }

    @Test
    void an_INFO_is_taken_if_it_says_nothing_that_we_would_have_to_understand() {
        Sent invite = ringing();
        assertThat(asks(invite, "INFO", "a", "").method()).isEqualTo("200");
        assertThat(asks(invite, "INFO", "a", "Signal=1\r\n", "Content-Type: application/dtmf-relay")
                        .method())
                .isEqualTo("415");
        Sent answer = asks(invite, "INFO", "a", "x", "Info-Package: foo", "Content-Type: application/foo");
        assertThat(answer.startLine()).isEqualTo("SIP/2.0 469 Bad Info Package");
        assertThat(answer.header("Recv-Info")).isEqualTo("nil");
    }

    @Test
    void a_NOTIFY_has_no_subscription_and_a_PRACK_nothing_to_acknowledge() {
        Sent invite = ringing();
        assertThat(asks(invite, "NOTIFY", "a", "", "Event: refer").method()).isEqualTo("481");
        assertThat(asks(invite, "PRACK", "a", "", "RAck: 1 1 INVITE").method()).isEqualTo("481");
    }

    @Test
    void an_INVITE_within_the_early_dialog_finds_ours_pending() {
        Sent invite = ringing();
        assertThat(asks(invite, "INVITE", "a", "").method()).isEqualTo("491");
        assertThat(the.story()).containsExactly("Placed", "Ringing");
    }

    @ParameterizedTest
    @CsvSource({"UPDATE", "INFO", "NOTIFY", "BYE", "INVITE"})
    void whatever_is_asked_within_a_dialog_that_is_not_there_gets_481(String method) {
        Sent invite = ringing();
        String guessed = invite.header("From").replace("5555", "5556");
        the.receives(PeerRequestsTest.request(method, "z9hG4bKguess", 2, guessed));
        assertThat(the.sentOne().method()).as("a guessed tag").isEqualTo("481");
        the.receives(PeerRequestsTest.request(method, "z9hG4bKother", 2, invite.header("From")), OTHER_TRUNK);
        assertThat(the.sentOne().method()).as("another carrier").isEqualTo("481");
        the.receives(invite.answer("486 Busy Here", "a"));
        the.sent();
        assertThat(asks(invite, method, "a", "").method()).as("after the end").isEqualTo("481");
    }

    @Test
    void a_repeated_offer_gets_the_same_answer_and_counts_once() {
        Sent invite = ringing();
        answered(invite, "a");
        Sent first = asks(invite, "UPDATE", "a", OFFER, SDP);
        asked--;
        assertThat(asks(invite, "UPDATE", "a", OFFER, SDP).text()).isEqualTo(first.text());
        assertThat(version(body(asks(invite, "UPDATE", "a", OFFER, SDP)))).isEqualTo(version(body(first)) + 1);
    }

    private Sent ringing() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(invite.answer("180 Ringing", "a", CONTACT));
        the.sent();
        return invite;
    }

    /// A reliable answer to our offer.
    private void answered(Sent invite, String fork) {
        String progress = invite.answer("183 Session Progress", fork, "Require: 100rel", "RSeq: 1", CONTACT, SDP);
        the.receives(withBody(progress, OFFER));
        the.receives(the.sentOne().answer("200 OK", fork));
    }

    private Sent asks(Sent invite, String method, String fork, String body, String... more) {
        String request = String.join(
                "\r\n",
                method + " sip:+12025550123@192.0.2.10:5060 SIP/2.0",
                "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKask" + asked + ";rport",
                "Max-Forwards: 70",
                "From: " + invite.header("To") + ";tag=" + fork,
                "To: " + invite.header("From"),
                "Call-ID: " + invite.header("Call-ID"),
                "CSeq: " + (10 + asked) + " " + method,
                "Contact: <sip:gw@203.0.113.5:5071>",
                String.join("\r\n", more));
        asked++;
        String head = request.endsWith("\r\n") ? request : request + "\r\n";
        the.receives(withBody(head + "Content-Length: 0\r\n\r\n", body), CARRIER);
        return the.sentOne();
    }

    private static String withBody(String message, String body) {
        return message.replace("Content-Length: 0\r\n\r\n", "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String body(Sent message) {
        return message.text().substring(message.text().indexOf("\r\n\r\n") + 4);
    }

    private static String[] origin(String sdp) {
        int at = sdp.indexOf("o=");
        return sdp.substring(at + 2, sdp.indexOf("\r\n", at)).split(" ");
    }

    private static long version(String sdp) {
        return Long.parseLong(origin(sdp)[2]);
    }
}
