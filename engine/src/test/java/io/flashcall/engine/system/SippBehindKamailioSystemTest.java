package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipTransport;
import io.flashcall.testbed.peers.DigestAlgorithm;
import io.flashcall.testbed.peers.Kamailio;
import io.flashcall.testbed.peers.Transport;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kamailio between us and SIPp: it wants Digest, stays in the path, and speaks to SIPp over UDP whatever we speak.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippBehindKamailioSystemTest {

    private static final String PASSWORD = "secret";

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void a_call_that_rings_is_cancelled_through_the_proxy(SipTransport transport) throws Exception {
        try (var sipp = SippCallee.start("uas-ring-cancel-behind-proxy.xml", 1);
                var kamailio = before(sipp);
                var stage = through(kamailio, transport)) {
            assertThat(stage.outcome()).as(sipp::said).isInstanceOf(Rang.class);
            stage.nothingIsLeft();
            hasServedOne(sipp);
        }
    }

    /// ACK and BYE take the route that Record-Route has made.
    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void a_call_that_is_answered_is_hung_up_through_the_proxy(SipTransport transport) throws Exception {
        try (var sipp = SippCallee.start("uas-answer.xml", 1);
                var kamailio = before(sipp);
                var stage = through(kamailio, transport)) {
            assertThat(stage.outcome()).as(sipp::said).isInstanceOf(Answered.class);
            stage.nothingIsLeft();
            hasServedOne(sipp);
        }
    }

    private static Kamailio before(SippCallee sipp) {
        return Kamailio.builder()
                .user(Stage.FROM, PASSWORD)
                .digest(DigestAlgorithm.SHA_256)
                .recordRoute()
                .openRegistrar()
                .nextHop(sipp.address(), Transport.UDP)
                .start();
    }

    private static Stage through(Kamailio kamailio, SipTransport transport) {
        return Scene.towards(kamailio.address(Transport.valueOf(transport.name())))
                .transports(Set.of(transport))
                .t1(Duration.ofMillis(500))
                .ring(Duration.ofMillis(200))
                .setup(Duration.ofSeconds(10))
                .credentials(Stage.FROM, PASSWORD)
                .start();
    }

    private static void hasServedOne(SippCallee sipp) throws Exception {
        assertThat(sipp.statistics())
                .as(sipp::said)
                .containsEntry("SuccessfulCall", 1L)
                .containsEntry("FailedCall", 0L)
                .containsEntry("FailedUnexpectedMessage", 0L);
    }
}
