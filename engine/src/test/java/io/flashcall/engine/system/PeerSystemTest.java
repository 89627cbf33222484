package io.flashcall.engine.system;

import static io.flashcall.engine.system.RawPeer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ringing;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.RingPolicy.EarlyMedia;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no well-behaved carrier does: a peer played by hand, message by message.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class PeerSystemTest {

    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SipStatus OK = status(200);

    private final RawPeer peer = new RawPeer();
    private final RawPeer stranger = new RawPeer("127.0.0.2");
    private final Stage stage = Scene.towards(peer.address()).start();

    @BeforeEach
    void nothingYet() {
        assertThat(stage.engine.snapshot().live()).isZero();
    }

    @AfterEach
    void close() {
        stage.nothingIsLeft();
        stage.close();
        peer.close();
        stranger.close();
    }

    // Answers.

    @Test
    void a_repeated_answer_is_acknowledged_each_time_and_hung_up_once() {
        String call = stage.place();
        String answer = peer.answer(peer.next("INVITE"), 200, "a", contact(peer));
        String ack = peer.next("ACK");
        String bye = peer.next("BYE");
        peer.send(answer, peer.caller());
        assertThat(peer.next("ACK")).as("the same while the call is live").isEqualTo(ack);
        peer.answer(bye, 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        for (int i = 0; i < 3; i++) {
            peer.send(answer, peer.caller());
            assertThat(peer.next("ACK")).as("and after it ended").isEqualTo(ack);
        }
        assertThat(peer.within(SOON)).noneMatch(message -> message.startsWith("BYE"));
    }

    @Test
    void a_fork_that_answers_after_the_487_is_acknowledged_and_hung_up() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, 180, "a", contact(peer));
        peer.answer(peer.next("CANCEL"), 200, "a", "");
        peer.answer(invite, 487, "a", "");
        peer.next("ACK");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(487)));

        peer.answer(invite, 200, "b", contact(peer));
        assertThat(header(peer.next("ACK"), "To")).endsWith(";tag=b");
        String bye = peer.next("BYE");
        assertThat(header(bye, "To")).endsWith(";tag=b");
        peer.answer(bye, 200, "", "");
        peer.answer(invite, 200, "c", contact(peer));
        assertThat(header(peer.next("BYE"), "To")).endsWith(";tag=c");
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Ringing", "HangingUp", "Ended");
        assertThat(stage.counted(Metric.ANSWERS_RELEASED)).isEqualTo(2);
    }

    @Test
    void a_datagram_that_is_too_long_is_dropped_and_the_snapshot_says_so() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.send("X-Long: " + "x".repeat(16 * 1024), peer.caller());
        peer.answer(invite, 486, "a", "");
        stage.outcomeOf(call);
        var expected = List.of(1L, 1L, 0L);
        Stage.waitUntil(() -> passed().equals(expected), () -> "one whole, one too long, but saw " + passed());
    }

    /// Received, truncated, given up.
    private List<Long> passed() {
        var socket = stage.engine.snapshot().agents().getFirst().socket();
        return List.of(socket.received(), socket.truncated(), socket.sendDrops());
    }

    @Test
    void an_answer_is_released_where_its_contact_says_if_that_is_the_trunks() {
        try (var other = new RawPeer()) {
            String call = stage.place();
            peer.answer(peer.next("INVITE"), 200, "a", contact(other));
            assertThat(other.next("ACK")).startsWith("ACK " + other.uri() + " SIP/2.0\r\n");
            String bye = other.next("BYE");
            assertThat(bye).startsWith("BYE " + other.uri() + " SIP/2.0\r\n");
            other.answer(bye, 200, "", "");
            assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        }
    }

    @Test
    void an_answer_is_released_where_the_invite_went_if_its_contact_is_a_strangers() {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "a", contact(stranger));
        assertThat(peer.next("ACK")).startsWith("ACK " + stranger.uri() + " SIP/2.0\r\n");
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        assertThat(stranger.within(SOON)).isEmpty();
    }

    @Test
    void an_answer_is_released_where_the_invite_went_if_its_route_is_a_strangers() {
        String call = stage.place();
        String route = "Record-Route: <" + stranger.uri() + ";lr>\r\n";
        peer.answer(peer.next("INVITE"), 200, "a", route + contact(peer));
        String ack = peer.next("ACK");
        assertThat(ack).startsWith("ACK " + peer.uri() + " SIP/2.0\r\n");
        assertThat(header(ack, "Route")).isEqualTo("<" + stranger.uri() + ";lr>");
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        assertThat(stranger.within(SOON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Contact: *\r\n",
                "Contact: <tel:+442079460123>\r\n",
                "Contact: <sip:callee@no.such.host.example:5060>\r\n",
                "Contact: <sips:callee@127.0.0.1>\r\n",
                "Contact: <sip:callee@127.0.0.1;transport=tcp>\r\n",
                "Contact: <sip:\r\n"
            })
    void an_answer_without_a_usable_contact_is_released_all_the_same(String contact) {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "a", contact);
        peer.next("ACK");
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
    }

    @Test
    void an_answer_without_a_to_tag_is_released() {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "", contact(peer));
        peer.next("ACK");
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 299})
    void any_2xx_is_an_answer(int code) {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), code, "a", contact(peer));
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, status(code)));
    }

    @Test
    void an_unanswered_bye_is_repeated_until_timer_f() {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "a", contact(peer));
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        var byes = peer.within(SOON).stream()
                .filter(message -> message.startsWith("BYE"))
                .toList();
        assertThat(byes).as("at 0, 100, 300, 700, 1500 ms, then each 800 ms").hasSizeBetween(8, 11);
        assertThat(byes).containsOnly(byes.getFirst());
        assertThat(stage.counted(Metric.BYES_UNANSWERED)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {481, 408, 500, 401})
    void a_refused_bye_is_over(int code) {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "a", contact(peer));
        peer.answer(peer.next("BYE"), code, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        assertThat(peer.within(SOON)).isEmpty();
    }

    @Test
    void a_bye_of_the_peers_that_crosses_ours_is_answered() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, 200, "a", contact(peer));
        String bye = peer.next("BYE");
        String theirs = peer.request("BYE", "crossing", "")
                .replaceFirst("From: [^\r]*", "From: " + header(invite, "To") + ";tag=a")
                .replaceFirst("To: [^\r]*", "To: " + header(invite, "From"))
                .replaceFirst("Call-ID: [^\r]*", "Call-ID: " + header(invite, "Call-ID"));
        peer.send(theirs, peer.caller());
        assertThat(peer.next("SIP/2.0")).startsWith("SIP/2.0 200 ");
        peer.answer(bye, 200, "", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Answered(false, OK));
        peer.send(theirs.replace("z9hG4bKcrossing", "z9hG4bKlater"), peer.caller());
        assertThat(peer.next("SIP/2.0")).as("the call is over").startsWith("SIP/2.0 481 ");
    }

    // Provisionals and finals.

    @Test
    void an_invite_is_repeated_unchanged_until_a_provisional_comes() {
        String call = stage.place(stage.request().withSetupTimeout(LONG));
        String invite = peer.next("INVITE");
        assertThat(peer.next("INVITE")).isEqualTo(invite);
        assertThat(peer.next("INVITE")).isEqualTo(invite);
        peer.answer(invite, 100, "", "");
        assertThat(peer.within(SOON)).isEmpty();
        peer.answer(invite, 486, "a", "");
        peer.next("ACK");
        stage.outcomeOf(call);
    }

    @Test
    void however_many_provisionals_come_there_is_one_trying_and_one_ringing() {
        String call = stage.placeRinging(SOON);
        String invite = peer.next("INVITE");
        for (int code : new int[] {100, 100, 181, 182, 183, 199, 180, 180, 100, 183, 180, 101}) {
            peer.answer(invite, code, code == 100 ? "" : "t" + code, "");
        }
        String cancel = peer.next("CANCEL");
        peer.answer(invite, 180, "late", "");
        peer.answer(cancel, 200, "a", "");
        peer.answer(invite, 487, "a", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(487)));
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 181, 182, 183, 199})
    void only_180_is_ringing(int code) {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, code, "a", "");
        peer.answer(peer.next("CANCEL"), 200, "a", "");
        peer.answer(invite, 487, "a", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Failed(FailureCause.NO_RINGING, status(487), Optional.empty()));
    }

    @Test
    void a_183_is_ringing_by_what_the_network_says_of_early_media_where_the_trunk_wants_that() {
        try (var listening =
                Scene.towards(peer.address()).ringPolicy(new EarlyMedia()).start()) {
            String call = listening.place(listening.request().withRingTime(SOON));
            String invite = peer.next("INVITE");
            assertThat(header(invite, "P-Early-Media")).isEqualTo("supported");
            peer.answer(invite, 183, "a", "");
            peer.answer(invite, 183, "a", "P-Early-Media: inactive\r\n");
            peer.answer(invite, 183, "a", "P-Early-Media: sendrecv\r\n");
            peer.answer(peer.next("CANCEL"), 200, "a", "");
            peer.answer(invite, 487, "a", "");
            assertThat(listening.outcomeOf(call)).isEqualTo(new Rang(status(487)));
            assertThat(listening.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "HangingUp", "Ended");
            listening.nothingIsLeft();
        }
    }

    @Test
    void ringing_that_crosses_our_cancel_counts() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, 183, "a", "");
        String cancel = peer.next("CANCEL");
        peer.answer(invite, 180, "a", "");
        peer.answer(cancel, 200, "a", "");
        peer.answer(invite, 487, "a", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(487)));
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "HangingUp", "Ringing", "Ended");
    }

    @Test
    void a_final_that_comes_again_is_acknowledged_again_before_and_after_the_end() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        String busy = peer.answer(invite, 486, "a", "");
        String ack = peer.next("ACK");
        assertThat(header(ack, "To")).endsWith(";tag=a");
        stage.outcomeOf(call);
        for (int i = 0; i < 3; i++) {
            peer.send(busy, peer.caller());
            assertThat(peer.next("ACK")).isEqualTo(ack);
        }
        assertThat(stage.counted(Metric.FINALS_REPEATED)).isEqualTo(3);
    }

    @Test
    void a_cancel_refused_with_481_is_not_repeated_and_the_final_still_counts() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, 180, "a", "");
        peer.answer(peer.next("CANCEL"), 481, "a", "");
        assertThat(peer.within(SOON)).isEmpty();
        peer.answer(invite, 487, "a", "");
        peer.next("ACK");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(487)));
    }

    @Test
    void a_response_whose_via_a_nat_has_rewritten_still_counts() {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.send(
                RawPeer.response(invite, 486, "a", "")
                        .replaceFirst("Via: SIP/2.0/UDP [^;]*;", "v: SIP / 2.0 / UDP 198.51.100.1:1024 ; ")
                        .replace(";rport", ";received=198.51.100.1;rport=40000"),
                peer.caller());
        peer.next("ACK");
        assertThat(stage.outcomeOf(call).last()).isEqualTo(status(486));
    }

    @ParameterizedTest
    @CsvSource({"99", "700", "1800", "18", "abc"})
    void a_response_without_a_status_of_sip_is_no_response(String code) {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.send(RawPeer.response(invite, 180, "a", "").replace("SIP/2.0 180", "SIP/2.0 " + code), peer.caller());
        peer.next("INVITE");
        peer.answer(invite, 486, "a", "");
        assertThat(stage.outcomeOf(call).last()).isEqualTo(status(486));
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Ended");
        assertThat(stage.counted(Metric.MALFORMED_DROPPED)).isOne();
    }

    // Who may speak.

    @Test
    void a_strangers_response_is_dropped_even_if_it_is_right_in_every_byte() {
        String call = stage.placeRinging(LONG);
        String invite = peer.next("INVITE");
        peer.answer(invite, 180, "a", "");
        stage.eventOf(call, Ringing.class);
        stranger.send(RawPeer.response(invite, 603, "a", ""), peer.caller());
        stranger.send(stranger.request("OPTIONS", "x", ""), peer.caller());
        Stage.waitUntil(() -> stage.counted(Metric.STRANGERS_DROPPED) == 2, () -> "two strangers dropped");
        assertThat(stranger.within(SOON)).isEmpty();
        peer.answer(invite, 486, "a", "");
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(486)));
    }

    @Test
    void one_trunk_cannot_end_another_trunks_call() {
        try (var other = new RawPeer("127.0.0.3");
                var two = Scene.towards(peer.address())
                        .trunk("other", other.address())
                        .start()) {
            String call = two.placeRinging(LONG);
            String invite = peer.next("INVITE");
            peer.answer(invite, 180, "a", "");
            two.eventOf(call, Ringing.class);
            other.send(RawPeer.response(invite, 603, "a", ""), peer.caller());
            Stage.waitUntil(() -> two.counted(Metric.RESPONSES_UNMATCHED) == 1, () -> "a response unmatched");
            peer.answer(invite, 486, "a", "");
            assertThat(two.outcomeOf(call)).isEqualTo(new Rang(status(486)));

            other.send(RawPeer.response(invite, 200, "z", contact(other)), peer.caller());
            Stage.waitUntil(() -> two.counted(Metric.RESPONSES_UNMATCHED) == 2, () -> "another one unmatched");
            assertThat(other.within(SOON)).isEmpty();

            String second = two.place(CallRequest.of("other", Stage.FROM, Stage.TO, "second"));
            other.answer(other.next("INVITE"), 486, "a", "");
            two.outcomeOf(second);
            two.nothingIsLeft();
        }
    }

    // Requests of the peer's.

    @ParameterizedTest
    @CsvSource({"OPTIONS, 200", "BYE, 481", "CANCEL, 481", "NOTIFY, 481", "MESSAGE, 405", "FROBNICATE, 501"})
    void a_request_is_answered_and_again_when_repeated(String method, int code) {
        engineIsKnown();
        String request = peer.request(method, "one", "");
        peer.send(request, peer.caller());
        String answer = peer.next("SIP/2.0");
        assertThat(answer).startsWith("SIP/2.0 " + code + " ");
        assertThat(header(answer, "CSeq")).isEqualTo("7 " + method);
        assertThat(header(answer, "Call-ID")).isEqualTo("one");
        assertThat(header(answer, "Via")).contains("rport=" + peer.address().getPort());
        assertThat(header(answer, "To")).contains(";tag=");
        if (code == 405 || code == 501 || code == 200) {
            assertThat(header(answer, "Allow")).contains("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");
        }
        peer.send(request, peer.caller());
        assertThat(peer.next("SIP/2.0")).isEqualTo(answer);
    }

    @Test
    void an_invite_is_refused_until_acknowledged_and_its_cancel_is_answered() {
        engineIsKnown();
        peer.send(peer.request("INVITE", "in", ""), peer.caller());
        String refusal = peer.next("SIP/2.0 403");
        assertThat(peer.next("SIP/2.0 403")).isEqualTo(refusal);
        peer.send(peer.request("CANCEL", "in", ""), peer.caller());
        assertThat(peer.next("SIP/2.0 200")).contains("CSeq: 7 CANCEL");
        peer.send(
                peer.request("ACK", "in", "").replaceFirst("To: [^\r]*", "To: " + header(refusal, "To")),
                peer.caller());
        peer.within(Duration.ofMillis(100));
        assertThat(peer.within(Duration.ofMillis(800))).isEmpty();
    }

    @Test
    void a_malformed_request_is_answered_400_and_a_newer_sip_505() {
        engineIsKnown();
        peer.send(peer.request("OPTIONS", "bad", "").replace("Content-Length: 0", "Content-Length: 9"), peer.caller());
        assertThat(peer.next("SIP/2.0")).startsWith("SIP/2.0 400 ");
        peer.send(peer.request("OPTIONS", "new", "").replace(" SIP/2.0\r\nVia", " SIP/7.0\r\nVia"), peer.caller());
        assertThat(peer.next("SIP/2.0")).startsWith("SIP/2.0 505 ");
        peer.send(peer.request("OPTIONS", "mute", "").replace("CSeq: 7 OPTIONS", "CSeq: x OPTIONS"), peer.caller());
        Stage.waitUntil(() -> stage.counted(Metric.MALFORMED_DROPPED) == 3, () -> "three malformed");
        assertThat(peer.within(SOON)).as("without CSeq there is no answer").isEmpty();
    }

    @Test
    void empty_datagrams_and_empty_lines_keep_alive_and_are_not_answered() {
        engineIsKnown();
        peer.send("", peer.caller());
        peer.send("\r\n\r\n", peer.caller());
        Stage.waitUntil(
                () -> stage.counted(Metric.KEEP_ALIVES) == 2,
                () -> "two keep-alives, but " + stage.counted(Metric.KEEP_ALIVES));
        assertThat(peer.within(SOON)).isEmpty();
    }

    /// The peer learns where the engine is.
    private void engineIsKnown() {
        stage.place();
        peer.answer(peer.next("INVITE"), 486, "a", "");
        peer.next("ACK");
    }

    private static String contact(RawPeer where) {
        return "Contact: <" + where.uri() + ">\r\n";
    }

    private static SipStatus status(int code) {
        return new SipStatus(code, -1, "");
    }
}
