package io.flashcall.testbed.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.testbed.sipp.Sipp;
import io.flashcall.testbed.sipp.SippResult;
import io.flashcall.testbed.wire.SipMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/// Calls by others than the engine, through Kamailio, to baresip: every transport, both algorithms,
/// record-routed.
@Tag("peers")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class CallsThroughKamailioTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CALLER = DigestCaller.USER;
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

    private static KamailioBuilder proxy(DigestAlgorithm algorithm) {
        return Kamailio.builder()
                .tls(identity)
                .user(CALLER, "caller-secret")
                .user(PHONE, "phone-secret")
                .digest(algorithm)
                .recordRoute();
    }

    private static BaresipBuilder phone(Kamailio kamailio, Transport transport) {
        return Baresip.builder().registered(PHONE, "phone-secret", kamailio.address(transport), transport);
    }

    private static Wire wire(Kamailio kamailio, Transport transport) throws IOException {
        return switch (transport) {
            case UDP -> Wire.udp(kamailio.address(transport));
            case TCP -> Wire.tcp(kamailio.address(transport));
            case TLS -> Wire.tls(kamailio.address(transport), authority.certificate());
        };
    }

    private static DigestCaller caller(Kamailio kamailio, Transport transport) throws IOException {
        return new DigestCaller(wire(kamailio, transport), CALLER, "caller-secret").to(PHONE);
    }

    /// INVITE, 407, ACK, INVITE with credentials.
    private static void invite(DigestCaller caller) {
        caller.send("INVITE");
        SipMessage challenge = caller.await(407);
        caller.ack(challenge);
        caller.send("INVITE", caller.credentials(challenge, "INVITE"));
    }

    private static void hangUp(DigestCaller caller) {
        caller.cancel();
        caller.await(200);
        caller.ack(caller.await(487));
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"UDP", "TCP"})
    void SIPp_with_MD5_rings_a_phone_and_sees_the_record_route(Transport transport) throws InterruptedException {
        try (Kamailio kamailio = proxy(DigestAlgorithm.MD5).registrar().start();
                Baresip phone = phone(kamailio, transport).start()) {
            kamailio.awaitRegistered(PHONE, SOON);
            List<String> options = new ArrayList<>(List.of("-s", PHONE, "-key", "caller", CALLER, "-d", "200"));
            options.addAll(List.of("-au", CALLER, "-ap", "caller-secret"));
            if (transport == Transport.TCP) {
                options.addAll(List.of("-t", "t1"));
            }
            try (Sipp caller = Sipp.caller(
                    "uac-flash-call-proxy-digest",
                    kamailio.address(transport),
                    5,
                    10,
                    options.toArray(String[]::new))) {
                assertThat(caller.await(SOON)).as(caller::errors).isEqualTo(new SippResult(0, 5, 5, 0, 0, 0));
            }
            phone.awaitMissed(CALLER, SOON);
            assertThat(phone.events())
                    .filteredOn(event -> event.type().equals("CALL_INCOMING"))
                    .hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void SHA_256_rings_a_phone(Transport transport) throws IOException {
        try (Kamailio kamailio = proxy(DigestAlgorithm.SHA_256).openRegistrar().start();
                Baresip phone = phone(kamailio, transport).start();
                DigestCaller caller = caller(kamailio, transport)) {
            kamailio.awaitRegistered(PHONE, SOON);
            invite(caller);
            SipMessage ringing = caller.await(180);
            assertThat(DigestCaller.recordRoutes(ringing))
                    .singleElement()
                    .asString()
                    .startsWith("<sip:127.0.0.1:" + kamailio.address(transport).getPort())
                    .contains("lr");
            assertThat(phone.awaitRinging(CALLER, SOON).callId()).isEqualTo(caller.callId());
            hangUp(caller);
            phone.awaitMissed(CALLER, SOON);
        }
    }

    @Test
    void a_change_of_transport_puts_both_sides_into_the_route_set() throws IOException {
        try (Kamailio kamailio = proxy(DigestAlgorithm.SHA_256).openRegistrar().start();
                Baresip phone = phone(kamailio, Transport.TLS).start();
                DigestCaller caller = caller(kamailio, Transport.UDP)) {
            kamailio.awaitRegistered(PHONE, SOON);
            invite(caller);
            assertThat(DigestCaller.recordRoutes(caller.await(180)))
                    .hasSize(2)
                    .allMatch(route -> route.contains("r2=on"))
                    .first()
                    .asString()
                    .contains("transport=tls");
            phone.awaitRinging(CALLER, SOON);
            hangUp(caller);
            phone.awaitMissed(CALLER, SOON);
        }
    }

    @Test
    void two_hops_stand_in_the_route_set() throws IOException {
        try (Kamailio home = Kamailio.builder().openRegistrar().recordRoute().start();
                Baresip phone = phone(home, Transport.UDP).start();
                Kamailio hop = proxy(DigestAlgorithm.SHA_256)
                        .nextHop(home.address(Transport.TCP), Transport.TCP)
                        .start();
                DigestCaller caller = caller(hop, Transport.TLS)) {
            home.awaitRegistered(PHONE, SOON);
            invite(caller);
            // Each changes the transport: TLS to TCP, TCP to UDP.
            assertThat(DigestCaller.recordRoutes(caller.await(180))).hasSize(4);
            phone.awaitRinging(CALLER, SOON);
            hangUp(caller);
            phone.awaitMissed(CALLER, SOON);
        }
    }

    /// The way of issue 5's fifth gate: one server challenges with 401, the next with 407, and by the time
    /// that the second is satisfied the nonce of the first is stale.
    @Test
    void two_servers_with_one_time_nonces_challenge_three_times() throws IOException {
        try (Kamailio home = Kamailio.builder()
                        .openRegistrar()
                        .realm("home.test")
                        .user(CALLER, "caller-secret")
                        .digest(DigestAlgorithm.SHA_256)
                        .oneTimeNonces()
                        .recordRoute()
                        .start();
                Baresip phone = phone(home, Transport.UDP).start();
                Kamailio first = proxy(DigestAlgorithm.SHA_256)
                        .with401()
                        .oneTimeNonces()
                        .nextHop(home.address(Transport.UDP), Transport.UDP)
                        .start();
                DigestCaller caller = caller(first, Transport.UDP)) {
            home.awaitRegistered(PHONE, SOON);
            caller.send("INVITE");
            SipMessage unauthorized = refused(caller, 401);
            caller.send("INVITE", fresh(caller, unauthorized));
            SipMessage proxyWants = refused(caller, 407);
            caller.send("INVITE", fresh(caller, unauthorized), fresh(caller, proxyWants));
            SipMessage stale = refused(caller, 401);
            assertThat(DigestCaller.challenges(stale))
                    .singleElement()
                    .asString()
                    .contains("stale=true");
            caller.send("INVITE", fresh(caller, stale), fresh(caller, proxyWants));
            caller.await(180);
            phone.awaitRinging(CALLER, SOON);
            hangUp(caller);
            phone.awaitMissed(CALLER, SOON);
        }
    }

    private static SipMessage refused(DigestCaller caller, int status) {
        SipMessage response = caller.await(status);
        caller.ack(response);
        return response;
    }

    private static String fresh(DigestCaller caller, SipMessage challenge) {
        caller.forgetNonceCount();
        return caller.credentials(challenge, "INVITE");
    }

    @Test
    void SIPp_behind_it_takes_the_calls_for_numbers_that_nobody_registered() throws Exception {
        try (Sipp callee = Sipp.callee("uas-ring-cancel", 1);
                Kamailio kamailio = proxy(DigestAlgorithm.SHA_256)
                        .openRegistrar()
                        .nextHop(callee.address(), Transport.UDP)
                        .start();
                DigestCaller caller = caller(kamailio, Transport.TCP)) {
            invite(caller);
            caller.await(180);
            hangUp(caller);
            assertThat(callee.await(SOON)).as(callee::errors).isEqualTo(new SippResult(0, 1, 1, 0, 0, 0));
        }
    }

    @Test
    void a_phone_without_100rel_refuses_a_caller_that_requires_it() throws IOException {
        try (Kamailio kamailio = Kamailio.builder().openRegistrar().start();
                Baresip phone = phone(kamailio, Transport.UDP).start();
                DigestCaller caller = caller(kamailio, Transport.UDP)) {
            phone.awaitRegistered(SOON);
            caller.send("INVITE", "Require: 100rel");
            SipMessage refused = caller.await(420);
            assertThat(refused.text()).contains("Unsupported: 100rel");
            caller.ack(refused);
        }
    }

    @Test
    void a_phone_with_a_wrong_password_is_not_registered() {
        try (Kamailio kamailio = proxy(DigestAlgorithm.MD5).registrar().start();
                Baresip phone = Baresip.builder()
                        .registered(PHONE, "guess", kamailio.address(Transport.UDP), Transport.UDP)
                        .start()) {
            assertThatThrownBy(() -> phone.awaitRegistered(Duration.ofSeconds(1)))
                    .hasMessageContaining("did not register")
                    .hasMessageContaining("401 Unauthorized");
            assertThat(kamailio.isRegistered(PHONE)).isFalse();
            assertThat(kamailio.requests("REGISTER")).isGreaterThan(1);
        }
    }
}
