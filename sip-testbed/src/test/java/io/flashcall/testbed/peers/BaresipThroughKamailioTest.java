package io.flashcall.testbed.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One baresip calls another through Kamailio: nothing here is of ours but the configuration.
@Tag("peers")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BaresipThroughKamailioTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String CALLER = "+12025550123";
    private static final String PHONE = "+442079460123";

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_phone_registers_rings_and_misses_the_call(Transport transport) {
        try (CertificateAuthority authority = CertificateAuthority.make();
                Kamailio kamailio = Kamailio.builder()
                        .tls(authority.issue("sip.test", "127.0.0.1"))
                        .user(CALLER, "caller-secret")
                        .user(PHONE, "phone-secret")
                        .registrar()
                        .digest(DigestAlgorithm.MD5)
                        .recordRoute()
                        .start();
                Baresip phone = Baresip.builder()
                        .registered(PHONE, "phone-secret", kamailio.address(transport), transport)
                        .start();
                Baresip caller = Baresip.builder()
                        .registered(CALLER, "caller-secret", kamailio.address(transport), transport)
                        .start()) {
            kamailio.awaitRegistered(PHONE, SOON);
            caller.awaitRegistered(SOON);
            caller.dial(PHONE);
            HandsetEvent ringing = phone.awaitRinging(CALLER, SOON);
            HandsetEvent heard =
                    caller.await("hear ringing", SOON, event -> event.type().equals("CALL_RINGING"));
            assertThat(heard.callId()).isEqualTo(ringing.callId());
            caller.hangUp();
            assertThat(phone.awaitMissed(CALLER, SOON).callId()).isEqualTo(ringing.callId());
            assertThat(phone.wasAnswered(ringing.callId())).isFalse();
            // Once without credentials, once with; the CANCEL and the ACKs of 407 and 487 are not challenged.
            assertThat(kamailio.requests("INVITE")).isEqualTo(2);
            assertThat(kamailio.requests("CANCEL")).isEqualTo(1);
        }
    }
}
