package io.flashcall.testbed.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// The whole way from a caller to a phone, as with a carrier: a first Kamailio that wants digest, takes
/// registrations and stays in the path; behind it a second that is the phone's registrar; and the phone,
/// which rings. Beside the first stands another one, whose calls need no digest but a registration.
///
/// Several, because one Kamailio has one algorithm and baresip 1.0 only does MD5. The first listens on UDP, TCP
/// and TLS; between the others goes one transport. A Record-Route of both stands in the 180.
public final class PhoneNetwork implements AutoCloseable {

    /// Who may call and register at [#carrier].
    public static final String USER = "+12025550123";

    /// The password of [#USER].
    public static final String PASSWORD = "caller-secret";

    /// The realm of the carrier's challenges, and a name of its certificate.
    public static final String REALM = "sip.test";

    /// The number of the phone.
    public static final String PHONE = "+442079460123";

    private static final Duration REGISTERED = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CertificateAuthority authority;
    private final Kamailio carrier;
    private final Kamailio members;
    private final Kamailio home;
    private final Baresip phone;

    private PhoneNetwork(Transport inner, DigestAlgorithm algorithm, Duration life, Consumer<HandsetEvent> listener) {
        try {
            authority = keep(CertificateAuthority.make());
            home = keep(Kamailio.builder()
                    .tls(authority.issue("home.test", "127.0.0.1"))
                    .user(PHONE, "phone-secret")
                    .registrar()
                    .recordRoute()
                    .life(life)
                    .start());
            carrier = keep(Kamailio.builder()
                    .tls(authority.issue(REALM, "127.0.0.1"))
                    .realm(REALM)
                    .user(USER, PASSWORD)
                    .registrar()
                    .digest(algorithm)
                    .recordRoute()
                    .nextHop(home.address(inner), inner)
                    .life(life)
                    .start());
            members = keep(Kamailio.builder()
                    .tls(authority.issue(REALM, "127.0.0.1"))
                    .realm(REALM)
                    .user(USER, PASSWORD)
                    .registrar()
                    .algorithm(algorithm)
                    .onlyRegistered()
                    .serviceRoute()
                    .recordRoute()
                    .nextHop(home.address(inner), inner)
                    .life(life)
                    .start());
            phone = keep(Baresip.builder()
                    .registered(PHONE, "phone-secret", home.address(inner), inner)
                    .registeringEvery(Duration.ofSeconds(5))
                    .telling(listener)
                    .life(life)
                    .start());
            home.awaitRegistered(PHONE, REGISTERED);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /// Starts all of it; the phone is registered when this returns.
    ///
    /// @param inner what the phone and both Kamailios speak among them
    /// @param algorithm MD5 or SHA-256, of the challenges to callers
    /// @throws IllegalStateException if something is not installed or does not start: with its log
    public static PhoneNetwork start(Transport inner, DigestAlgorithm algorithm) {
        return start(inner, algorithm, Duration.ofMinutes(10), event -> {});
    }

    /// As [#start(Transport, DigestAlgorithm)].
    ///
    /// @param life after which time all of it ends by itself
    /// @param listener told what the phone sees, on a thread of its own
    public static PhoneNetwork start(
            Transport inner, DigestAlgorithm algorithm, Duration life, Consumer<HandsetEvent> listener) {
        return new PhoneNetwork(inner, algorithm, life, listener);
    }

    /// What a trunk points at: [Kamailio#address] of the transport that is to be proven.
    public Kamailio carrier() {
        return carrier;
    }

    /// What a trunk points at that registers: it challenges REGISTER, answers it with a Service-Route, and takes
    /// calls from [#USER] while that is registered.
    public Kamailio members() {
        return members;
    }

    /// The phone's own registrar.
    public Kamailio home() {
        return home;
    }

    public Baresip phone() {
        return phone;
    }

    /// The certificate, in PEM, that a trunk has to trust.
    public Path authority() {
        return authority.certificate();
    }

    /// Ends everything, the phone first.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
