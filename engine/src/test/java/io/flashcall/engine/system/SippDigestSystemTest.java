package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.TrunkOptions;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.TraceLine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gate 5: carriers that ask who we are more than once for one call, over real sockets. SIPp checks MD5; SHA-512-256
/// is tried with the testbed's carrier alone, since no other peer of these tests speaks it.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippDigestSystemTest {

    private static final String USER = "flashcall";
    private static final String PASSWORD = "secret";
    private static final int ENOUGH_TRIES = 9;

    @Test
    void SIPp_asks_by_401_and_407_and_finds_a_nonce_stale_and_the_phone_rings() throws Exception {
        rings("uas-digest.xml", TrunkOptions.STANDARD);
    }

    @Test
    void SIPp_asks_for_credentials_of_PRACK_and_the_phone_rings() throws Exception {
        var reliable = new SignallingConfig(Reliability.SUPPORTED, List.of(), List.of());
        rings("uas-digest-prack.xml", TrunkOptions.STANDARD.withSignalling(reliable));
    }

    private static void rings(String scenario, TrunkOptions options) throws Exception {
        try (var sipp = SippCallee.start(scenario, 1);
                var stage = Scene.towards(sipp.address())
                        .t1(Duration.ofMillis(500))
                        .setup(Duration.ofSeconds(10))
                        .credentials(USER, PASSWORD)
                        .options(options)
                        .start()) {
            assertThat(stage.outcome()).as(sipp::said).isInstanceOf(Rang.class);
            stage.nothingIsLeft();
            assertThat(stage.engine.trunks().getFirst().credentialsRejected()).isFalse();
            assertThat(sipp.statistics())
                    .as(sipp::said)
                    .containsEntry("SuccessfulCall", 1L)
                    .containsEntry("FailedCall", 0L)
                    .containsEntry("FailedUnexpectedMessage", 0L)
                    .containsEntry("OutOfCallMsgs", 0L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256", "SHA-512-256"})
    void a_carrier_and_its_proxy_that_find_nonces_stale_are_answered_until_the_phone_rings(String algorithm) {
        var asks = CarrierTerms.NONE.withDigest("password=secret,ask=both,stale=2,algorithm=" + algorithm);
        try (var stage = Scene.of("ring")
                .terms(asks)
                .setup(Duration.ofSeconds(5))
                .credentials(USER, PASSWORD)
                .start()) {
            assertThat(stage.outcome()).isInstanceOf(Rang.class);
            stage.everythingIsOver();
            assertThat(stage.sent("SIP/2.0 401")).isNotEmpty();
            assertThat(stage.sent("SIP/2.0 407")).isNotEmpty();
            assertThat(stage.sent("SIP/2.0 40"))
                    .filteredOn(line -> line.text().contains("stale=true"))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(stage.received("INVITE").getLast().text())
                    .contains("\r\nAuthorization: Digest ", "\r\nProxy-Authorization: Digest ")
                    .contains("algorithm=" + algorithm);
            assertThat(stage.engine.trunks().getFirst().credentialsRejected()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"decoy=other.example", "decoy=other.example,ask=both", "realm=elsewhere.example"})
    void a_realm_that_we_did_not_expect_costs_no_call(String policy) {
        try (var stage = Scene.of("ring")
                .terms(CarrierTerms.NONE.withDigest("password=secret," + policy))
                .setup(Duration.ofSeconds(5))
                .credentials(USER, PASSWORD)
                .start()) {
            assertThat(stage.outcome()).isInstanceOf(Rang.class);
            stage.everythingIsOver();
        }
    }

    @Test
    void wrong_credentials_end_the_call_after_a_few_tries_and_mark_the_trunk() {
        try (var stage = Scene.of("ring")
                .terms(CarrierTerms.NONE.withDigest("password=secret,ask=both"))
                .setup(Duration.ofSeconds(5))
                .credentials(USER, "mistaken")
                .start()) {
            var failed = (Failed) stage.outcome();
            assertThat(failed.cause()).isEqualTo(FailureCause.NOT_AUTHORIZED);
            stage.everythingIsOver();
            assertThat(stage.received("INVITE").stream()
                            .map(SippDigestSystemTest::number)
                            .distinct())
                    .hasSizeBetween(2, ENOUGH_TRIES);
            assertThat(stage.sent("SIP/2.0 180")).isEmpty();
            assertThat(stage.engine.trunks().getFirst().credentialsRejected()).isTrue();
        }
    }

    /// A repeated INVITE has the number of the first.
    private static String number(TraceLine line) {
        return line.text()
                .lines()
                .filter(header -> header.startsWith("CSeq:"))
                .findFirst()
                .orElseThrow();
    }
}
