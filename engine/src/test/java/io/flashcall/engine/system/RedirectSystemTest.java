package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.RedirectPolicy;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.testbed.TraceLine;
import io.flashcall.testbed.behaviour.Dialplan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Calls whose carrier says that they are to go elsewhere, over real sockets: the testbed's carrier, a peer played by
/// hand, SIPp.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedirectSystemTest {

    private static final TrunkOptions FOLLOWED = TrunkOptions.STANDARD.withRedirects(RedirectPolicy.DEFAULT);

    @Test
    void a_call_rings_where_its_carrier_sends_it() {
        try (var stage = Scene.of(moving("+442079460199")).options(FOLLOWED).start()) {
            assertThat(stage.outcome()).isInstanceOf(Rang.class);
            stage.everythingIsOver();
            assertThat(stage.received("").stream().map(RedirectSystemTest::toWhom))
                    .containsExactly(
                            "INVITE +442079460123",
                            "ACK +442079460123",
                            "INVITE +442079460199",
                            "CANCEL +442079460199",
                            "ACK +442079460199");
            assertThat(stage.counted(Metric.REDIRECTS_FOLLOWED)).isEqualTo(1);
        }
    }

    @Test
    void a_trunk_that_follows_nothing_ends_the_call_as_ever() {
        try (var stage = Stage.with("redirect")) {
            assertThat(((Failed) stage.outcome()).cause()).isEqualTo(FailureCause.PROTOCOL);
            stage.everythingIsOver();
            assertThat(stage.received("INVITE")).hasSize(1);
        }
    }

    @Test
    void a_carrier_that_sends_calls_round_in_a_circle_is_left_soon() {
        try (var stage = Scene.of("redirect").options(FOLLOWED).start()) {
            var failed = (Failed) stage.outcome();
            assertThat(failed.cause()).isEqualTo(FailureCause.PROTOCOL);
            assertThat(failed.last().code()).isEqualTo(302);
            stage.everythingIsOver();
            assertThat(stage.received("INVITE")).hasSize(2);
        }
    }

    @Test
    void another_host_takes_the_call_over() {
        try (var first = new RawPeer();
                var second = new RawPeer();
                var stage = Scene.towards(first.address()).options(FOLLOWED).start()) {
            var call = stage.place();
            var contact = "Contact: <sip:9@127.0.0.1:" + second.address().getPort() + ">\r\n";
            first.answer(first.next("INVITE"), 302, "a", contact);
            first.next("ACK");
            var invite =
                    second.next("INVITE sip:9@127.0.0.1:" + second.address().getPort() + " ");
            second.answer(invite, 180, "b", "");
            second.answer(second.next("CANCEL sip:9@"), 200, "b", "");
            second.answer(invite, 487, "b", "");
            second.next("ACK sip:9@");
            assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
            assertThat(first.within(Duration.ofMillis(100))).isEmpty();
        }
    }

    @Test
    void SIPp_redirects_calls_to_itself_and_sees_nothing_odd() throws Exception {
        int calls = Gates.size(100, 2_000);
        try (var sipp = SippCallee.start("uas-redirect.xml", calls);
                var stage = Scene.towards(sipp.address())
                        .t1(Duration.ofMillis(500))
                        .ring(Duration.ofMillis(200))
                        .setup(Duration.ofSeconds(10))
                        .options(FOLLOWED)
                        .unrecorded()
                        .start()) {
            stage.placeMany(calls, 100);
            stage.nothingIsLeft();
            assertThat(stage.outcomes()).isEqualTo(Map.of(new Rang(new SipStatus(487, -1, "")), (long) calls));
            assertThat(stage.counted(Metric.REDIRECTS_FOLLOWED)).isEqualTo(calls);
            assertThat(stage.counted(Metric.CONTACTS_IGNORED)).isEqualTo(calls);
            assertThat(sipp.statistics())
                    .as(sipp::said)
                    .containsEntry("SuccessfulCall", (long) calls)
                    .containsEntry("FailedCall", 0L)
                    .containsEntry("FailedUnexpectedMessage", 0L)
                    .containsEntry("OutOfCallMsgs", 0L);
        }
    }

    /// Calls to that number ring, all others are sent there.
    private static Dialplan moving(String number) {
        return MovedNumber.to(number, "tel:" + number + "|sip:" + number + "@{host}");
    }

    private static String toWhom(TraceLine line) {
        return List.of(line.text().substring(0, line.text().indexOf('@')).split(" sip:", -1)).stream()
                .reduce((method, number) -> method + " " + number)
                .orElseThrow();
    }
}
