package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.KNOWN;
import static io.flashcall.engine.agent.AgentFixture.KNOWN_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.PASSWORD;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.trunk.TargetHealth.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A carrier that asks who we are (RFC 3261 §22, RFC 7616, RFC 8760).
@DisplayNameGeneration(ReplaceUnderscores.class)
class CredentialsOnTheWireTest {

    private static final String MD5 = "Digest realm=\"carrier\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"";
    private static final String SHA_256 =
            "Digest realm=\"carrier\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth-int,auth\", opaque=\"o1\"";

    private final AgentFixture the = new AgentFixture();

    @Test
    void a_challenge_is_ACKed_and_answered_with_the_next_CSeq_a_new_branch_and_the_rest_as_it_was() {
        Sent first = place();
        challenge(first, 407, MD5.formatted("n1"));
        var sent = the.sent();
        Sent ack = sent.get(0);
        Sent second = sent.get(1);
        assertThat(sent).hasSize(2);
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.branch()).isEqualTo(first.branch());
        assertThat(ack.header("CSeq")).isEqualTo("1 ACK");
        assertThat(second.method()).isEqualTo("INVITE");
        assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(second.header("From")).isEqualTo(first.header("From"));
        assertThat(second.header("To")).isEqualTo(first.header("To"));
        assertThat(second.startLine()).isEqualTo(first.startLine());
        isAuthorized(second, "Proxy-Authorization", "MD5", "INVITE", 1);
    }

    @Test
    void the_CANCEL_and_the_ACK_belong_to_the_INVITE_with_credentials() {
        Sent second = authorized(place());
        receives(second.answer("180 Ringing", "c"));
        the.passes(RING);
        Sent cancel = the.sentOne();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.branch()).isEqualTo(second.branch());
        assertThat(cancel.header("CSeq")).isEqualTo("2 CANCEL");
        receives(cancel.answer("200 OK", "c"));
        receives(second.answer("487 Request Terminated", "c"));
        Sent ack = the.sentOne();
        assertThat(ack.branch()).isEqualTo(second.branch());
        assertThat(ack.header("CSeq")).isEqualTo("2 ACK");
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
    }

    @Test
    void a_repeated_challenge_is_ACKed_again_and_starts_nothing() {
        Sent first = place();
        challenge(first, 401, MD5.formatted("n1"));
        the.sent();
        challenge(first, 401, MD5.formatted("n1"));
        assertThat(the.methodsSent()).containsExactly("ACK");
    }

    @Test
    void of_several_algorithms_SHA_256_is_chosen() {
        Sent first = place();
        receives(first.answer(
                "401 Unauthorized", "c", "WWW-Authenticate: " + MD5.formatted("n1"), "WWW-Authenticate: " + SHA_256));
        Sent second = the.sent().getLast();
        assertThat(second.all("Authorization")).hasSize(1);
        isAuthorized(second, "Authorization", "SHA-256", "INVITE", 1);
        assertThat(second.header("Authorization")).contains(", opaque=\"o1\"");
    }

    @Test
    void the_next_call_shows_its_credentials_unasked_with_the_next_nonce_count() {
        authorized(place());
        Sent next = place();
        isAuthorized(next, "Authorization", "MD5", "INVITE", 2);
        receives(next.answer("100 Trying", ""));
        assertThat(the.counted(Metric.CHALLENGES)).isEqualTo(1);
    }

    @Test
    void a_proxy_and_a_callee_may_both_ask_and_nonces_go_stale_in_between() {
        Sent invite = place();
        challenge(invite, 401, MD5.formatted("n1"));
        invite = the.sent().getLast();
        challenge(invite, 407, MD5.formatted("p1"));
        invite = the.sent().getLast();
        assertThat(invite.all("Authorization")).hasSize(1);
        assertThat(invite.all("Proxy-Authorization")).hasSize(1);
        for (int i = 2; i < 5; i++) {
            challenge(invite, 401, MD5.formatted("n" + i) + ", stale=TRUE");
            invite = the.sent().getLast();
        }
        receives(invite.answer("180 Ringing", "c"));
        the.passes(RING);
        assertThat(the.methodsSent()).containsExactly("CANCEL");
        assertThat(the.story()).contains("Ringing");
    }

    @Test
    void the_same_nonce_again_means_that_the_credentials_are_wrong() {
        Sent second = authorized(place());
        challenge(second, 401, MD5.formatted("n1"));
        assertThat(the.methodsSent()).containsExactly("ACK");
        notAuthorized();
    }

    @Test
    void wrong_credentials_at_a_carrier_that_always_sends_new_nonces_end_after_a_few_tries() {
        Sent invite = place();
        int tries = 1;
        for (int i = 1; i <= 20; i++) {
            challenge(invite, 401, MD5.formatted("n" + i));
            var sent = the.sent();
            if (sent.getLast().method().equals("ACK")) {
                break;
            }
            invite = sent.getLast();
            tries++;
        }
        assertThat(tries).isEqualTo(3);
        notAuthorized();
    }

    @Test
    void for_ever_stale_nonces_end_after_some_tries_too() {
        Sent invite = place();
        int tries = 1;
        for (int i = 1; i <= 20; i++) {
            challenge(invite, 401, MD5.formatted("n" + i) + ", stale=true");
            var sent = the.sent();
            if (sent.getLast().method().equals("ACK")) {
                break;
            }
            invite = sent.getLast();
            tries++;
        }
        assertThat(tries).isEqualTo(9);
        notAuthorized();
    }

    @Test
    void a_challenge_that_cannot_be_answered_ends_the_call() {
        challenge(place(), 401, "Digest realm=\"carrier\", nonce=\"n\", algorithm=SHA3-512");
        assertThat(the.methodsSent()).containsExactly("ACK");
        notAuthorized();
    }

    @Test
    void a_trunk_whose_credentials_are_taken_again_is_no_longer_marked() {
        Sent second = authorized(place());
        challenge(second, 401, MD5.formatted("n1"));
        notAuthorized();
        the.sent();
        receives(place().answer("180 Ringing", "c"));
        assertThat(the.trunks.get(KNOWN_TRUNK).isRejected()).isFalse();
    }

    @Test
    void a_refusal_that_means_unknown_credentials_to_this_carrier_marks_the_trunk_if_the_call_showed_them() {
        receives(place().answer("403 Forbidden", "c"));
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.NOT_AUTHORIZED);
        assertThat(the.trunks.get(KNOWN_TRUNK).isRejected()).isFalse();
        the.sent();

        receives(authorized(place()).answer("403 Forbidden", "c"));
        notAuthorized();
    }

    @Test
    void a_challenge_without_quality_of_protection_is_answered_as_RFC_2069_says() throws Exception {
        challenge(place(), 401, "Digest realm=\"carrier\", nonce=\"n1\"");
        Sent second = the.sent().getLast();
        String line = second.header("Authorization");
        String a1 = hash("MD5", "flash\"call:carrier:" + PASSWORD);
        String a2 = hash("MD5", "INVITE:" + uri(second));
        assertThat(line)
                .contains("response=\"" + hash("MD5", a1 + ":n1:" + a2) + "\"")
                .doesNotContain("qop", "nc=", "cnonce", "algorithm");
    }

    @Test
    void a_BYE_shows_credentials_of_its_own_and_its_challenge_is_answered() {
        Sent second = authorized(place());
        receives(second.answer("200 OK", "c", "Contact: <sip:gw@198.51.100.40:5070>"));
        var sent = the.sent();
        Sent ack = sent.get(0);
        Sent bye = sent.get(1);
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.header("Authorization")).isEqualTo(second.header("Authorization"));
        isAuthorized(bye, "Authorization", "MD5", "BYE", 2);
        assertThat(bye.header("CSeq")).isEqualTo("3 BYE");
        challenge(bye, 401, MD5.formatted("b2") + ", stale=true");
        Sent again = the.sentOne();
        assertThat(again.header("CSeq")).isEqualTo("4 BYE");
        assertThat(again.branch()).isNotEqualTo(bye.branch());
        assertThat(again.startLine()).isEqualTo(bye.startLine());
        isAuthorized(again, "Authorization", "MD5", "BYE", 1);
        receives(again.answer("200 OK", "c"));
        the.nothingIsLeft();
    }

    /// A CSeq number serves one request of a dialog (RFC 3261 §12.2.1.1).
    @Test
    void a_PRACK_that_was_challenged_leaves_its_second_number_to_no_other_request() {
        Sent invite = authorized(place());
        receives(invite.answer(
                "180 Ringing", "c", "Require: 100rel", "RSeq: 1", "Contact: <sip:gw@198.51.100.40:5070>"));
        Sent prack = the.sentOne();
        assertThat(prack.header("CSeq")).isEqualTo("3 PRACK");
        challenge(prack, 401, MD5.formatted("p2") + ", stale=true");
        Sent again = the.sentOne();
        assertThat(again.header("CSeq")).isEqualTo("4 PRACK");
        assertThat(again.header("RAck")).isEqualTo(prack.header("RAck"));
        receives(invite.answer("200 OK", "c", "Contact: <sip:gw@198.51.100.40:5070>"));
        Sent bye = the.sent().getLast();
        assertThat(bye.header("CSeq")).isEqualTo("5 BYE");
    }

    @Test
    void a_trunk_without_credentials_ends_as_not_authorized() {
        the.place();
        Sent invite = the.sentOne();
        the.receives(
                invite.answer("407 Proxy Authentication Required", "c", "Proxy-Authenticate: " + MD5.formatted("n")));
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.NOT_AUTHORIZED);
    }

    /// Its word that it is there counts, whatever it thinks of us.
    @Test
    void a_probe_that_is_challenged_shows_its_credentials_and_the_host_is_up() {
        Sent probe = probed();
        challenge(probe, 401, MD5.formatted("n1"));
        assertThat(the.context.lines.get(KNOWN_TRUNK).hops()[0].health.state()).isEqualTo(State.UP);
        Sent second = the.sentOne();
        assertThat(second.header("CSeq")).isEqualTo("2 OPTIONS");
        assertThat(second.branch()).isNotEqualTo(probe.branch());
        isAuthorized(second, "Authorization", "MD5", "OPTIONS", 1);
        receives(second.answer("200 OK", "c"));
        the.sentNothing();
        isAuthorized(place(), "Authorization", "MD5", "INVITE", 2);
    }

    @Test
    void a_probe_whose_credentials_are_not_taken_shows_them_a_few_times_at_most() {
        Sent probe = probed();
        challenge(probe, 401, MD5.formatted("n1"));
        challenge(the.sentOne(), 407, MD5.formatted("p1"));
        challenge(the.sentOne(), 401, MD5.formatted("n2"));
        the.sentNothing();
        assertThat(the.counted(Metric.RESPONSES_UNMATCHED)).isZero();
    }

    // What it takes.

    /// The host says nothing to a call, and is asked how it is.
    private Sent probed() {
        place();
        the.passes(Duration.ofSeconds(2));
        the.sent();
        the.probes();
        Sent probe = the.sentOne();
        assertThat(probe.method()).isEqualTo("OPTIONS");
        return probe;
    }

    private Sent place() {
        the.place(KNOWN_TRUNK, RING, SETUP);
        return the.sentOne();
    }

    /// Lets the carrier ask once.
    private Sent authorized(Sent first) {
        challenge(first, 401, MD5.formatted("n1"));
        return the.sent().getLast();
    }

    private void challenge(Sent request, int status, String challenge) {
        String header = status == 401 ? "WWW-Authenticate: " : "Proxy-Authenticate: ";
        receives(request.answer(status + " Who are you", "c" + status, header + challenge));
    }

    private void receives(String message) {
        the.receives(message, KNOWN);
    }

    private void notAuthorized() {
        assertThat(((Failed) the.outcome()).cause()).isEqualTo(FailureCause.NOT_AUTHORIZED);
        assertThat(the.trunks.get(KNOWN_TRUNK).isRejected()).isTrue();
        the.nothingIsLeft();
    }

    /// Works the response out anew, from the fields of the line.
    private static void isAuthorized(Sent request, String header, String algorithm, String method, int count) {
        String line = request.header(header);
        String nonce = field(line, "nonce");
        String jdk = algorithm.equals("MD5") ? "MD5" : "SHA-256";
        assertThat(line).startsWith("Digest username=\"flash\\\"call\", realm=\"carrier\", ");
        assertThat(line).contains("algorithm=" + algorithm + ", ").contains(", qop=auth, nc=%08x".formatted(count));
        assertThat(field(line, "uri")).isEqualTo(uri(request));
        String a1 = hash(jdk, "flash\"call:carrier:" + PASSWORD);
        String a2 = hash(jdk, method + ":" + uri(request));
        String expected =
                hash(jdk, a1 + ":" + nonce + ":%08x:".formatted(count) + field(line, "cnonce") + ":auth:" + a2);
        assertThat(field(line, "response")).isEqualTo(expected);
    }

    private static String uri(Sent request) {
        return request.startLine().split(" ", -1)[1];
    }

    private static String field(String line, String name) {
        var found = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(line);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
