package io.flashcall.testbed.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One baresip calls another through Kamailio: nothing here is of ours but the configuration.
@Tag("peers")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class BaresipThroughKamailioTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CALLER = "+12025550123";
    private static final String PHONE = "+442079460123";

    private static CertificateAuthority authority;
    private static CertificateFiles identity;

    @BeforeAll
    static void makeCertificates() {
        authority = CertificateAuthority.make();
        identity = authority.issue("sip.test", "127.0.0.1");
    }

    @AfterAll
    static void removeCertificates() {
        authority.close();
    }

    private static KamailioBuilder home() {
        return Kamailio.builder()
                .tls(identity)
                .user(CALLER, "caller-secret")
                .user(PHONE, "phone-secret")
                .registrar()
                .digest(DigestAlgorithm.MD5)
                .recordRoute();
    }

    private static BaresipBuilder phone(Kamailio kamailio, Transport transport) {
        return Baresip.builder().registered(PHONE, "phone-secret", kamailio.address(transport), transport);
    }

    private static BaresipBuilder caller(Kamailio kamailio, Transport transport) {
        return Baresip.builder().registered(CALLER, "caller-secret", kamailio.address(transport), transport);
    }

    private static HandsetEvent awaitEnd(Baresip caller) {
        return caller.await("see its call end", SOON, event -> event.type().equals("CALL_CLOSED"));
    }

    @Test
    void it_tells_its_version() {
        assertThat(Baresip.version()).matches("baresip v[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_phone_registers_rings_and_misses_the_call(Transport transport) {
        try (Kamailio kamailio = home().start();
                Baresip phone = phone(kamailio, transport).start();
                Baresip caller = caller(kamailio, transport).start()) {
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

    @Test
    void a_phone_that_answers_is_released_by_a_BYE_that_is_challenged_too() {
        // Otherwise the caller uses the nonce of its INVITE again, and needs no challenge.
        try (Kamailio kamailio = home().oneTimeNonces().start();
                Baresip phone = phone(kamailio, Transport.TCP)
                        .answeringAfter(Duration.ofMillis(100))
                        .start();
                Baresip caller = caller(kamailio, Transport.UDP).start()) {
            kamailio.awaitRegistered(PHONE, SOON);
            caller.awaitRegistered(SOON);
            caller.dial(PHONE);
            HandsetEvent answered =
                    caller.await("be answered", SOON, event -> event.type().equals("CALL_ESTABLISHED"));
            caller.hangUp();
            phone.await("be released", SOON, event -> event.type().equals("CALL_CLOSED"));
            assertThat(phone.wasAnswered(answered.callId())).isTrue();
            assertThat(kamailio.requests("BYE")).as(() -> caller.log()).isEqualTo(2);
        }
    }

    @Test
    void a_phone_that_rejects_is_busy() {
        try (Kamailio kamailio = home().start();
                Baresip phone = phone(kamailio, Transport.UDP)
                        .rejectingAfter(Duration.ofMillis(100))
                        .start();
                Baresip caller =
                        caller(kamailio, Transport.UDP).notRegistering().start()) {
            kamailio.awaitRegistered(PHONE, SOON);
            caller.dial(PHONE);
            phone.awaitRinging(CALLER, SOON);
            assertThat(kamailio.isRegistered(CALLER)).isFalse();
            assertThat(awaitEnd(caller).detail()).startsWith("486 ");
            assertThatThrownBy(() -> phone.awaitMissed(CALLER, Duration.ofMillis(100)))
                    .hasMessageContaining("did not miss a call")
                    .hasMessageContaining("CALL_INCOMING");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_phone_comes_back_after_a_restart(Transport transport) {
        try (Kamailio kamailio = home().start();
                Baresip phone = phone(kamailio, transport)
                        .registeringEvery(Duration.ofSeconds(2))
                        .start();
                Baresip caller = caller(kamailio, Transport.UDP).start()) {
            kamailio.awaitRegistered(PHONE, SOON);
            caller.awaitRegistered(SOON);
            kamailio.stop();
            kamailio.start();
            assertThat(kamailio.isRegistered(PHONE)).isFalse();
            kamailio.awaitRegistered(PHONE, Duration.ofSeconds(20));
            caller.dial(PHONE);
            phone.awaitRinging(CALLER, SOON);
            caller.hangUp();
            phone.awaitMissed(CALLER, SOON);
        }
    }

    @Test
    void a_phone_with_a_certificate_is_let_in_where_one_without_is_not() {
        try (Kamailio kamailio =
                        home().wantingCertificatesOf(authority.certificate()).start();
                Baresip known = phone(kamailio, Transport.TLS)
                        .identity(authority.issue("phone.test"))
                        .start();
                Baresip unknown = caller(kamailio, Transport.TLS).start()) {
            known.awaitRegistered(SOON);
            assertThatThrownBy(() -> unknown.awaitRegistered(Duration.ofSeconds(1)))
                    .hasMessageContaining("did not register");
            assertThat(kamailio.isRegistered(CALLER)).isFalse();
        }
    }
}
