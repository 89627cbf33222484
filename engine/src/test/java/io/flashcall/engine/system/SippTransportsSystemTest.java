package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.engine.telemetry.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SIPp reached by each transport that it has here, over IPv4 and IPv6.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippTransportsSystemTest {

    private static final int CALLS = 40;
    private static final int CALLS_A_SECOND = 200;
    private static final Rang RANG = new Rang(new SipStatus(487, -1, ""));
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /// An INVITE with these is longer than 1300 bytes.
    private static final TrunkOptions WORDY = TrunkOptions.STANDARD.withSignalling(new SignallingConfig(
            SignallingConfig.Reliability.OFF, List.of(), Collections.nCopies(6, "X-Long: " + "a".repeat(180))));

    @ParameterizedTest
    @CsvSource({"127.0.0.1, TCP", "::1, UDP", "::1, TCP"})
    void SIPp_rings_and_sees_nothing_unexpected(String host, SipTransport transport) throws Exception {
        var address = InetAddress.ofLiteral(host);
        try (var sipp = start(address, transport);
                var stage = towards(sipp, address, Set.of(transport)).start()) {
            stage.placeMany(CALLS, CALLS_A_SECOND);
            rang(stage, sipp);
        }
    }

    @Test
    void an_INVITE_too_long_for_a_datagram_goes_to_SIPp_by_TCP_where_both_are_allowed() throws Exception {
        try (var sipp = start(LOOPBACK, SipTransport.TCP);
                var stage = towards(sipp, LOOPBACK, Set.of(SipTransport.UDP, SipTransport.TCP))
                        .options(WORDY)
                        .start()) {
            stage.placeMany(CALLS, CALLS_A_SECOND);
            rang(stage, sipp);
            assertThat(stage.counted(Metric.OVERSIZED_SENT)).isZero();
        }
    }

    @Test
    void and_by_UDP_where_only_that_is_allowed_which_is_counted() throws Exception {
        try (var sipp = start(LOOPBACK, SipTransport.UDP);
                var stage = towards(sipp, LOOPBACK, Set.of(SipTransport.UDP))
                        .options(WORDY)
                        .start()) {
            stage.placeMany(CALLS, CALLS_A_SECOND);
            rang(stage, sipp);
            assertThat(stage.counted(Metric.OVERSIZED_SENT)).isGreaterThanOrEqualTo(CALLS);
        }
    }

    private static SippCallee start(InetAddress host, SipTransport transport) throws IOException {
        return SippCallee.start("uas-ring-cancel.xml", CALLS, SippCallee.freePort(host), transport);
    }

    private static Scene towards(SippCallee sipp, InetAddress host, Set<SipTransport> transports) {
        return Scene.towards(sipp.address())
                .transports(transports)
                .host(host)
                .t1(Duration.ofMillis(500))
                .ring(Duration.ofMillis(200))
                .setup(Duration.ofSeconds(10))
                .unrecorded();
    }

    private static void rang(Stage stage, SippCallee sipp) throws Exception {
        stage.nothingIsLeft();
        assertThat(stage.outcomes()).isEqualTo(Map.of(RANG, (long) CALLS));
        assertThat(stage.counted(Metric.RESPONSES_UNMATCHED)).isZero();
        assertThat(sipp.statistics())
                .as(sipp::said)
                .containsEntry("SuccessfulCall", (long) CALLS)
                .containsEntry("FailedCall", 0L)
                .containsEntry("FailedUnexpectedMessage", 0L)
                .containsEntry("OutOfCallMsgs", 0L);
    }
}
