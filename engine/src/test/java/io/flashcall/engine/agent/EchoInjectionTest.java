package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.KNOWN;
import static io.flashcall.engine.agent.AgentFixture.KNOWN_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gate 6: what a peer sends and we send back cannot make a header of its own in our messages, nor in the requests
/// that follow from it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EchoInjectionTest {

    private static final String GOOD = "Contact: <sip:gw@198.51.100.40>";

    static Stream<String> hostileText() {
        return Stream.concat(
                        HostileText.evil().stream(),
                        Stream.of(
                                "\r\n ",
                                "\n ",
                                "\n\t",
                                "\r\n\tX-Evil: 1",
                                "\n X-Evil: 1",
                                "\r\n \r\n X-Evil: 1",
                                "\\\r\n X-Evil: 1",
                                "\\\n X-Evil: 1",
                                "\"\r\n X-Evil: \""))
                .filter(text -> text.length() < 1000);
    }

    @ParameterizedTest
    @MethodSource("hostileText")
    void of_a_challenge(String text) {
        for (String value : List.of(
                "realm=\"a%s\", nonce=\"n\", opaque=\"o\"",
                "realm=\"a\", nonce=\"n%s\", opaque=\"o\"",
                "realm=\"a\", nonce=\"n\", opaque=\"o%s\"",
                "realm=\"a\", nonce=\"n\", opaque=o%s",
                "realm=\"a\", nonce=\"n\", algorithm=MD5%s",
                "realm=\"a\", nonce=\"n\", qop=\"auth%s\"")) {
            for (String status : List.of("401 Unauthorized", "407 Proxy Authentication Required")) {
                String header = status.startsWith("401") ? "WWW-Authenticate" : "Proxy-Authenticate";
                var the = new AgentFixture();
                the.place(KNOWN_TRUNK, RING, SETUP);
                Sent invite = the.sentOne();
                the.receives(invite.answer(status, "a", header + ": Digest " + value.replace("%s", text), GOOD), KNOWN);
                onlyOurs(the);
                the.receives(invite.answer("180 Ringing", "b"), KNOWN);
                the.passes(RING);
                onlyOurs(the);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostileText")
    void of_a_response_that_makes_a_dialog(String text) {
        for (String header : List.of(
                "Contact: \"a%s\" <sip:gw@198.51.100.40>",
                "Contact: <sip:gw%s@198.51.100.40>",
                "Contact: <sip:gw@198.51.100.40%s>",
                "Contact: <sip:gw@198.51.100.40;x=%s>",
                "Contact: sip:gw%s@198.51.100.40",
                "Contact: sip:gw@198.51.100.40;x=%s",
                "Record-Route: \"a%s\" <sip:198.51.100.40;lr>",
                "Record-Route: a%s <sip:198.51.100.40;lr>",
                "Record-Route: <sip:198.51.100.40;lr;x=%s>",
                "Record-Route: <sip:198.51.100.40;lr>;x=\"%s\"",
                "Record-Route: <sip:198.51.100.40;lr>;x=%s",
                "Record-Route: <sip:x%s@198.51.100.40>",
                "Record-Route: sip:198.51.100.40;x=%s")) {
            dialog("", header.replace("%s", text));
        }
        for (String tag : List.of("%s", "t;x=%s", "t;x=\"%s\"", "t%s")) {
            dialog(tag.replace("%s", text), GOOD);
        }
    }

    /// A reliable 183, a 200, and the same as a refusal.
    private static void dialog(String tag, String header) {
        for (String status : List.of("183 Session Progress", "200 OK", "486 Busy Here")) {
            var the = new AgentFixture();
            var call = the.place(KNOWN_TRUNK, RING, SETUP);
            Sent invite = the.sentOne();
            String more = "Require: 100rel\r\nRSeq: 7";
            the.receives(invite.answer(status, tag.isEmpty() ? "t" : tag, header, more), KNOWN);
            onlyOurs(the);
            the.hangUp(call);
            onlyOurs(the);
        }
    }

    @ParameterizedTest
    @MethodSource("hostileText")
    void of_the_To_of_a_response(String text) {
        for (String to : List.of("\"a%s\" <sip:a@b>;tag=t", "a%s <sip:a@b>;tag=t", "<sip:a%s@b>;tag=t")) {
            for (String status : List.of("200 OK", "486 Busy Here")) {
                var the = new AgentFixture();
                the.place(KNOWN_TRUNK, RING, SETUP);
                Sent invite = the.sentOne();
                String answer = invite.answer(status, "", GOOD);
                the.receives(answer.replace("To: " + invite.header("To"), "To: " + to.replace("%s", text)), KNOWN);
                onlyOurs(the);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostileText")
    void of_the_contacts_of_a_redirection(String text) {
        // That each is refused or followed as it stands is told by RedirectsOnTheWireTest.
        for (String contact : List.of("<sip:a%s@198.51.100.40>", "\"%s\" <sip:a@198.51.100.40>", "<sip:a@b>;q=%s")) {
            var the = new AgentFixture();
            the.place(KNOWN_TRUNK, RING, SETUP);
            the.receives(the.sentOne().answer("302 Moved", "a", "Contact: " + contact.replace("%s", text)), KNOWN);
            onlyOurs(the);
        }
    }

    @ParameterizedTest
    @MethodSource("hostileText")
    void of_a_request(String text) {
        for (String method : List.of("OPTIONS", "INVITE", "BYE", "CANCEL", "NONSENSE")) {
            for (String spoiled : List.of(
                    "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKx%s;rport",
                    "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKx;rport;x=%s",
                    "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKx;rport;x=\"%s\"",
                    "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKx, SIP/2.0/UDP a%s;branch=z9hG4bKy",
                    "Via: SIP/2.0/UDP host%s;branch=z9hG4bKx",
                    "From: \"a%s\" <sip:a@b>;tag=1",
                    "From: <sip:a@b>;tag=1%s",
                    "From: <sip:a%s@b>;tag=1",
                    "To: \"a%s\" <sip:a@b>",
                    "To: <sip:a@b>;x=%s",
                    "To: <sip:a@b>;tag=%s",
                    "Call-ID: a%s",
                    "CSeq: 7 " + method + "%s",
                    "CSeq: 7%s " + method)) {
                asks(method, spoiled.replace("%s", text));
            }
        }
    }

    private static void asks(String method, String spoiled) {
        var name = spoiled.substring(0, spoiled.indexOf(':'));
        var lines = Stream.of(
                        "Via: SIP/2.0/UDP 203.0.113.5:5060;branch=z9hG4bKx;rport",
                        "Max-Forwards: 70",
                        "From: <sip:a@b>;tag=1",
                        "To: <sip:c@d>",
                        "Call-ID: x",
                        "CSeq: 7 " + method)
                .map(line -> line.startsWith(name + ":") ? spoiled : line)
                .toList();
        var the = new AgentFixture();
        the.receives(method + " sip:us@192.0.2.10 SIP/2.0\r\n" + String.join("\r\n", lines)
                + "\r\nContent-Length: 0\r\n\r\n");
        onlyOurs(the);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "realm=\"a\r\n b\", nonce=\"n\"",
                "realm=\"a\", nonce=\"n\n\tb\"",
                "realm=\"a\u0007\", nonce=\"n\""
            })
    void a_challenge_that_is_folded_within_a_value_is_not_answered(String folded) {
        var the = new AgentFixture();
        the.place(KNOWN_TRUNK, RING, SETUP);
        the.receives(the.sentOne().answer("401 Unauthorized", "a", "WWW-Authenticate: Digest " + folded), KNOWN);
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void a_challenge_that_is_folded_between_its_values_is() {
        var the = new AgentFixture();
        the.place(KNOWN_TRUNK, RING, SETUP);
        the.receives(
                the.sentOne().answer("401 Unauthorized", "a", "WWW-Authenticate: Digest realm=\"a\",\r\n nonce=\"n\""),
                KNOWN);
        assertThat(the.methodsSent()).containsExactly("ACK", "INVITE");
    }

    private static void onlyOurs(AgentFixture the) {
        the.sent().forEach(sent -> WireLines.areOurs(sent.text()));
        assertThat(the.counted(Metric.FAULTS)).isZero();
    }
}
