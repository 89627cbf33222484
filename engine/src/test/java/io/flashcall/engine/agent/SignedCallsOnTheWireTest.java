package io.flashcall.engine.agent;

import static io.flashcall.engine.agent.AgentFixture.FAILOVER;
import static io.flashcall.engine.agent.AgentFixture.FIRST_HOST;
import static io.flashcall.engine.agent.AgentFixture.KNOWN;
import static io.flashcall.engine.agent.AgentFixture.KNOWN_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.PAIR_TRUNK;
import static io.flashcall.engine.agent.AgentFixture.RING;
import static io.flashcall.engine.agent.AgentFixture.SECOND_HOST;
import static io.flashcall.engine.agent.AgentFixture.SETUP;
import static io.flashcall.engine.agent.AgentFixture.STREAMS_TRUNK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.call.FlashCall.State;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.trunk.TargetSet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that carry a signed identity (RFC 8224): the same again while it is younger than 10 s, else another one.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignedCallsOnTheWireTest {

    private static final Duration YOUNG = Duration.ofSeconds(8);
    private static final Duration TOO_OLD = Duration.ofSeconds(10);
    private static final int TCP = 5070;

    @TempDir
    private Path folder = Path.of("");

    private final AgentFixture the = new AgentFixture();
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(IdentitySigner signer, long call, long from, long to) {}

    SignedCallsOnTheWireTest() {
        the.context.signatures = (signer, call, from, to) -> asked.add(new Asked(signer, call, from, to));
    }

    @Test
    void the_INVITE_says_when_and_by_whom_it_was_signed_and_no_other_request_does() {
        Sent invite = placeKnown();
        assertThat(invite.header("Identity"))
                .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+;info=<" + StirFiles.X5U + ">;alg=ES256;ppt=shaken");
        assertThat(invite.header("Date")).endsWith(" GMT");
        the.receives(invite.answer("180 Ringing", "a"), KNOWN);
        the.passes(RING);
        Sent cancel = the.sentOne();
        the.receives(cancel.answer("200 OK", "a"), KNOWN);
        the.receives(invite.answer("487 Request Terminated", "a"), KNOWN);
        Sent ack = the.sentOne();
        for (Sent other : List.of(cancel, ack)) {
            assertThat(other.all("Identity")).isEmpty();
            assertThat(other.all("Date")).isEmpty();
        }
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        assertThat(asked).isEmpty();
        the.nothingIsLeft();
    }

    @Test
    void what_is_sent_again_is_the_same_however_old_it_is() {
        Sent invite = placeKnown();
        the.passes(Duration.ofSeconds(11));
        assertThat(the.sent())
                .hasSizeGreaterThan(2)
                .allSatisfy(again -> assertThat(again.text()).isEqualTo(invite.text()));
    }

    @Test
    void a_retry_within_10_s_carries_the_same_bytes() {
        Sent first = placeKnown();
        Sent second = retry(first, YOUNG);
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
        assertThat(second.header("Identity")).isEqualTo(first.header("Identity"));
        assertThat(second.header("Date")).isEqualTo(first.header("Date"));
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(asked).isEmpty();
    }

    @Test
    void another_host_gets_the_same_bytes_after_4_s() {
        sign(PAIR_TRUNK);
        the.place(PAIR_TRUNK, RING, SETUP);
        Sent first = the.sentOne();
        the.passes(FAILOVER);
        Sent second = the.sent().getLast();
        assertThat(second.to().same(SECOND_HOST)).isTrue();
        assertThat(second.header("Identity")).isEqualTo(first.header("Identity"));
    }

    @Test
    void a_later_retry_waits_for_another_signature_of_the_same_call() {
        Sent first = placeKnown();
        challenge(first, TOO_OLD);
        assertThat(the.methodsSent()).as("the INVITE waits").containsExactly("ACK");
        assertThat(asked).hasSize(1);
        the.passes(Duration.ofMillis(50));
        the.sentNothing();
        signs();
        Sent second = the.sentOne();
        assertThat(second.method()).isEqualTo("INVITE");
        assertThat(second.header("Identity")).isNotEqualTo(first.header("Identity"));
        assertThat(second.all("Date")).hasSize(1);
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(second.header("From")).isEqualTo(first.header("From"));
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.header("CSeq")).isEqualTo("2 INVITE");
        assertThat(second.all("Proxy-Authorization")).hasSize(1);
        assertThat(the.counted(Metric.SIGNATURES_RENEWED)).isEqualTo(1);
        the.receives(second.answer("180 Ringing", "b"), KNOWN);
        the.passes(RING);
        the.receives(the.sentOne().answer("200 OK", "b"), KNOWN);
        the.receives(second.answer("487 Request Terminated", "b"), KNOWN);
        assertThat(the.outcome()).isInstanceOf(Rang.class);
        the.nothingIsLeft();
    }

    @Test
    void while_it_waits_the_last_refusal_is_ACKed_when_it_comes_again() {
        Sent first = placeKnown();
        challenge(first, TOO_OLD);
        the.sent();
        challenge(first, Duration.ZERO);
        assertThat(the.methodsSent()).containsExactly("ACK");
        assertThat(asked).hasSize(1);
        assertThat(the.counted(Metric.FINALS_REPEATED)).isEqualTo(1);
    }

    @Test
    void a_call_that_is_hung_up_while_it_waits_is_over_and_the_signature_comes_in_vain() {
        var slot = place(KNOWN_TRUNK);
        challenge(the.sentOne(), TOO_OLD);
        the.sent();
        assertThat(slot.state()).isEqualTo(State.SIGNING);
        the.hangUp(slot);
        assertThat(the.outcome()).isInstanceOf(Abandoned.class);
        the.nothingIsLeft();
        signs();
        the.sentNothing();
        assertThat(the.counted(Metric.FAULTS)).isZero();
    }

    @Test
    void the_setup_timeout_ends_a_call_that_waits() {
        challenge(placeKnown(), TOO_OLD);
        the.passes(SETUP.minus(TOO_OLD).plusMillis(2));
        assertThat(cause()).isEqualTo(FailureCause.NO_RESPONSE);
    }

    @Test
    void a_signature_that_cannot_be_made_ends_the_call() {
        Sent first = placeKnown();
        challenge(first, TOO_OLD);
        the.run(new Command.Signed(asked.getFirst().call, CallSignature.NONE));
        assertThat(cause()).isEqualTo(FailureCause.UNREACHABLE);
        assertThat(the.counted(Metric.SIGNATURES_FAILED)).isEqualTo(1);
        the.nothingIsLeft();
    }

    @Test
    void the_end_of_the_engine_ends_a_call_that_waits() {
        Sent first = placeKnown();
        challenge(first, TOO_OLD);
        the.run(new Command.AbortAll(() -> {}));
        assertThat(the.outcome()).isInstanceOf(Abandoned.class);
        the.nothingIsLeft();
    }

    @Test
    void a_call_goes_on_with_its_signature_when_the_key_is_another_and_is_signed_anew_with_that() {
        var old = signer(KNOWN_TRUNK);
        Sent first = placeKnown();
        use(KNOWN_TRUNK, Optional.of(StirFiles.newKey(folder.resolve("next.pem"))));
        Sent second = retry(first, YOUNG);
        assertThat(second.header("Identity")).isEqualTo(first.header("Identity"));
        challenge(second, Duration.ofSeconds(2));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().signer).isSameAs(signer(KNOWN_TRUNK)).isNotSameAs(old);
    }

    @Test
    void a_trunk_that_signs_no_more_sends_what_is_too_old_without_a_signature() {
        Sent first = placeKnown();
        use(KNOWN_TRUNK, Optional.empty());
        Sent second = retry(first, TOO_OLD);
        assertThat(second.all("Identity")).isEmpty();
        assertThat(second.all("Date")).isEmpty();
    }

    @Test
    void a_call_that_waits_for_its_turn_is_fresh_when_that_comes() {
        sign(KNOWN_TRUNK);
        the.place(KNOWN_TRUNK, RING, SETUP, Duration.ofSeconds(2));
        the.passes(Duration.ofMillis(2_010));
        assertThat(the.sentOne().all("Identity")).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_call_that_could_not_be_signed_when_it_was_placed_is_tried_once_more_before_it_is_sent() {
        // It is placed while nobody signs, and begins when somebody does.
        the.place(KNOWN_TRUNK, RING, SETUP, Duration.ofSeconds(1));
        sign(KNOWN_TRUNK);
        the.passes(Duration.ofMillis(1_010));
        the.sentNothing();
        signs();
        assertThat(the.sentOne().all("Identity")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {428, 436, 437, 438})
    void a_carrier_that_refuses_an_identity_is_noted_until_it_takes_one(int status) {
        var identity = the.trunks.get(KNOWN_TRUNK).identity();
        the.receives(placeKnown().answer(status + " No", "a"), KNOWN);
        assertThat(cause()).isEqualTo(FailureCause.PROTOCOL);
        assertThat(the.counted(Metric.IDENTITIES_REFUSED)).isEqualTo(1);
        assertThat(identity.isRefused()).isTrue();
        the.sent();
        Sent next = placeKnown();
        the.receives(next.answer("100 Trying", ""), KNOWN);
        assertThat(identity.isRefused()).isTrue();
        the.receives(next.answer("180 Ringing", "a"), KNOWN);
        assertThat(identity.isRefused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Stale Date, BLOCKED", "Forbidden, BLOCKED_BY_ANALYTICS"})
    void a_stale_date_does_not_speak_of_the_caller_id(String phrase, FailureCause expected) {
        the.receives(placeKnown().answer("403 " + phrase, "a", "Reason: SIP;cause=608"), KNOWN);
        assertThat(cause()).isEqualTo(expected);
    }

    // Connections, and what a datagram does not hold.

    @Test
    void a_connection_that_takes_10_s_finds_the_signature_too_old() {
        sign(STREAMS_TRUNK);
        the.place(STREAMS_TRUNK, RING, SETUP);
        the.passes(TOO_OLD);
        up();
        assertThat(the.streams.to(TCP).taken()).isEmpty();
        signs();
        Sent invite = the.streams.to(TCP).taken().getFirst();
        assertThat(invite.all("Identity")).hasSize(1);
        assertThat(the.counted(Metric.SIGNATURES_RENEWED)).isEqualTo(1);
    }

    @Test
    void a_connection_that_breaks_while_the_signature_is_made_has_the_call_unreachable() {
        sign(STREAMS_TRUNK);
        the.place(STREAMS_TRUNK, RING, SETUP);
        the.passes(TOO_OLD);
        up();
        var stream = the.streams.to(TCP);
        stream.is(Stream.State.DOWN);
        the.cycle(agent -> agent.onDown(stream.hop));
        assertThat(the.story()).doesNotContain("Ended");
        signs();
        assertThat(cause()).isEqualTo(FailureCause.UNREACHABLE);
        the.nothingIsLeft();
    }

    @Test
    void an_INVITE_that_its_signature_makes_too_long_for_a_datagram_goes_by_TCP() {
        overUdp(STREAMS_TRUNK);
        the.place(STREAMS_TRUNK, RING, SETUP);
        Sent plain = the.sentOne();
        assertThat(plain.header("Via")).startsWith("SIP/2.0/UDP ");
        var twin = the.streams.to(FIRST_HOST.port());
        twin.is(Stream.State.UP);
        the.cycle(agent -> agent.onUp(twin.hop, new InetSocketAddress("192.0.2.10", 40_005)));
        use(STREAMS_TRUNK, Optional.of(longSignature()));
        the.place(STREAMS_TRUNK, RING, SETUP);
        the.sentNothing();
        Sent signed = twin.taken().getFirst();
        assertThat(signed.text().length()).isGreaterThan(1_300);
        assertThat(signed.header("Via")).startsWith("SIP/2.0/TCP ");
        assertThat(the.counted(Metric.OVERSIZED_SENT)).isZero();
    }

    @Test
    void and_by_UDP_where_the_trunk_has_nothing_else_which_is_counted() {
        use(PAIR_TRUNK, Optional.of(longSignature()));
        the.place(PAIR_TRUNK, RING, SETUP);
        assertThat(the.sentOne().text().length()).isGreaterThan(1_300);
        assertThat(the.counted(Metric.OVERSIZED_SENT)).isEqualTo(1);
    }

    // What it takes.

    private Sent placeKnown() {
        place(KNOWN_TRUNK);
        return the.sentOne();
    }

    private CallSlot place(int trunk) {
        if (the.trunks.get(trunk).identity().signer() == null) {
            sign(trunk);
        }
        return the.place(trunk, RING, SETUP);
    }

    private void sign(int trunk) {
        use(trunk, Optional.of(StirFiles.newKey(folder.resolve("key.pem"))));
    }

    private void use(int trunk, Optional<StirConfig> stir) {
        the.trunks.get(trunk).identity().use(stir.map(IdentitySigner::new));
    }

    private IdentitySigner signer(int trunk) {
        if (the.trunks.get(trunk).identity().signer() == null) {
            sign(trunk);
        }
        return AgentFixture.required(the.trunks.get(trunk).identity().signer());
    }

    private StirConfig longSignature() {
        var stir = StirFiles.newKey(folder.resolve("key.pem"));
        return StirFiles.at("https://cert.example.org/" + "a".repeat(300), stir);
    }

    /// All that was asked for is signed.
    private void signs() {
        for (var order : asked) {
            var made = CallSignature.make(order.signer, order.from, order.to, the.now());
            the.run(new Command.Signed(order.call, made));
        }
    }

    /// The carrier asks who we are after this time.
    ///
    /// @return the INVITE that follows
    private Sent retry(Sent invite, Duration after) {
        challenge(invite, after);
        return the.sent().getLast();
    }

    private void challenge(Sent invite, Duration after) {
        the.receives(invite.answer("100 Trying", ""), KNOWN);
        the.passes(after);
        the.sent();
        String nonce = "n" + the.now();
        String header = "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"" + nonce
                + "\", algorithm=MD5, qop=\"auth\", stale=true";
        the.receives(invite.answer("407 Proxy Authentication Required", "c", header), KNOWN);
    }

    private void up() {
        var stream = the.streams.to(TCP);
        stream.is(Stream.State.UP);
        the.cycle(agent -> agent.onUp(stream.hop, new InetSocketAddress("192.0.2.10", 40_001)));
    }

    /// The trunk has one host, reached by UDP, and by TCP for what is too long.
    private void overUdp(int trunk) {
        the.trunks.get(trunk).targets(new TargetSet(List.of(AgentFixture.host(FIRST_HOST, 1))));
        the.run(new Command.Relocate(the.trunks.get(trunk), the.located(trunk)));
    }

    private FailureCause cause() {
        return ((Failed) the.outcome()).cause();
    }
}
