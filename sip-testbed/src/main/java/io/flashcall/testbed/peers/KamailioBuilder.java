package io.flashcall.testbed.peers;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Says what a Kamailio shall be. Without a word it listens on UDP and TCP and knows nobody: a registrar, a
/// digest, a next hop are asked for, and combine freely.
///
/// Used by one thread, once.
public final class KamailioBuilder {

    /// What needs no escape in a string of Kamailio's language.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9+._~!*'()@:;=?/-]{1,128}");

    private final Set<Transport> transports = EnumSet.of(Transport.UDP, Transport.TCP);
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> features = new ArrayList<>();
    private final List<String> tls = new ArrayList<>();
    private boolean oneTimeNonces;
    private boolean serviceRoute;
    private Duration life = Duration.ofMinutes(10);

    KamailioBuilder() {
        realm("sip.test");
        nonceLife(Duration.ofMinutes(5));
        challengedMethods("INVITE", "PRACK", "UPDATE", "INFO", "BYE", "OPTIONS", "MESSAGE");
        values.put("TESTBED_ALGORITHM", DigestAlgorithm.MD5.token());
    }

    /// Listens for TLS 1.2 and 1.3 as well, with this certificate.
    public KamailioBuilder tls(CertificateFiles identity) {
        transports.add(Transport.TLS);
        feature("WITH_TLS");
        tls.add("certificate=" + identity.certificate().toAbsolutePath());
        tls.add("private_key=" + identity.key().toAbsolutePath());
        return this;
    }

    /// Over TLS, wants a certificate of the caller that this authority signed. After [#tls].
    public KamailioBuilder wantingCertificatesOf(Path authority) {
        tls.add("ca_list=" + authority.toAbsolutePath());
        tls.add("require_certificate=yes");
        tls.add("verify_certificate=yes");
        return this;
    }

    /// The realm of its challenges, `sip.test` unless told.
    public KamailioBuilder realm(String realm) {
        values.put("TESTBED_REALM", plain("realm", realm));
        return this;
    }

    /// Somebody who may register and call.
    ///
    /// @param name the user part of the address, and the user name of the digest
    public KamailioBuilder user(String name, String password) {
        users.put(plain("user", name), plain("password", password));
        return this;
    }

    /// Takes REGISTER with digest, 401 without, and sends calls for whoever registered to the contact.
    public KamailioBuilder registrar() {
        feature("WITH_REGISTRAR_DIGEST");
        return openRegistrar();
    }

    /// Takes every REGISTER as it comes: for a handset that cannot do the algorithm of the calls.
    public KamailioBuilder openRegistrar() {
        feature("WITH_REGISTRAR");
        return this;
    }

    /// Calls from an address of record that nobody has registered get 403. After [#registrar].
    public KamailioBuilder onlyRegistered() {
        feature("WITH_ONLY_REGISTERED");
        return this;
    }

    /// A REGISTER for less gets 423 with Min-Expires.
    ///
    /// @param least one second or more
    public KamailioBuilder minExpires(Duration least) {
        feature("WITH_MIN_EXPIRES");
        values.put("TESTBED_MIN_EXPIRES", seconds("minExpires", least));
        return this;
    }

    /// Answers REGISTER with a Service-Route to itself (RFC 3608), over UDP.
    public KamailioBuilder serviceRoute() {
        serviceRoute = true;
        feature("WITH_SERVICE_ROUTE");
        return this;
    }

    /// Challenges calls with 407, by this algorithm; REGISTER too. One Kamailio has one algorithm.
    ///
    /// @param algorithm MD5 or SHA-256
    public KamailioBuilder digest(DigestAlgorithm algorithm) {
        feature("WITH_DIGEST");
        return algorithm(algorithm);
    }

    /// The algorithm of the registrar's challenges, without any for calls.
    public KamailioBuilder algorithm(DigestAlgorithm algorithm) {
        if (algorithm == DigestAlgorithm.SHA_512_256) {
            throw new IllegalArgumentException("algorithm: " + algorithm + " (expected: MD5 or SHA_256 with Kamailio)");
        }
        values.put("TESTBED_ALGORITHM", algorithm.token());
        return this;
    }

    /// Challenges as a user agent server does: 401 with WWW-Authenticate. After [#digest].
    public KamailioBuilder with401() {
        feature("WITH_401");
        return this;
    }

    /// Puts a second challenge above its own, which it will not accept: the caller must choose the stronger.
    public KamailioBuilder alsoOffering(DigestAlgorithm other) {
        feature("WITH_ALSO");
        values.put("TESTBED_ALSO", other.token());
        return this;
    }

    /// Which methods are challenged, in place of all but REGISTER, CANCEL and ACK; those of the called side
    /// never are.
    public KamailioBuilder challengedMethods(String... methods) {
        for (String method : methods) {
            if (method.equals("ACK") || method.equals("CANCEL")) {
                throw new IllegalArgumentException("challengedMethods: " + method + " (expected: never ACK or CANCEL)");
            }
            plain("method", method);
        }
        values.put("TESTBED_CHALLENGED", String.join("|", methods));
        return this;
    }

    /// How long a nonce is good for; later it gets a challenge with `stale=true`.
    ///
    /// @param life one second or more; Kamailio counts whole seconds
    public KamailioBuilder nonceLife(Duration life) {
        values.put("TESTBED_NONCE_SECONDS", seconds("nonceLife", life));
        return this;
    }

    /// A nonce is good for one request: the next with it gets a challenge with `stale=true`.
    public KamailioBuilder oneTimeNonces() {
        oneTimeNonces = true;
        return this;
    }

    /// Stays in the path of the dialog.
    public KamailioBuilder recordRoute() {
        feature("WITH_RECORD_ROUTE");
        return this;
    }

    /// Where calls go that are for nobody registered here.
    public KamailioBuilder nextHop(InetSocketAddress address, Transport transport) {
        feature("WITH_NEXT_HOP");
        values.put("TESTBED_NEXT_HOP", uri(address.getPort(), transport));
        return this;
    }

    /// Takes so many calls a second, after authentication; more get 503 with `Retry-After: 1`.
    ///
    /// @param callsPerSecond 1 or more
    public KamailioBuilder limit(int callsPerSecond) {
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("limit: " + callsPerSecond + " (expected: 1 or more calls a second)");
        }
        feature("WITH_LIMIT");
        values.put("TESTBED_LIMIT", Integer.toString(callsPerSecond));
        return this;
    }

    /// After which time it ends by itself, ten minutes unless told.
    public KamailioBuilder life(Duration life) {
        this.life = life;
        return this;
    }

    /// Starts it on free ports of 127.0.0.1; it is ready when this returns.
    ///
    /// @throws IllegalStateException if it is not installed, or does not start: with its log
    public Kamailio start() {
        int[] ports = FreePorts.find(3);
        Kamailio kamailio = new Kamailio(new KamailioPorts(ports[0], ports[1], ports[2]), transports, life);
        try {
            kamailio.configure(configuration(kamailio.ports()), tlsConfiguration());
            kamailio.start();
        } catch (RuntimeException e) {
            kamailio.close();
            throw e;
        }
        return kamailio;
    }

    private String configuration(KamailioPorts ports) {
        StringBuilder text = new StringBuilder("#!KAMAILIO\n");
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put("TESTBED_RPC_PORT", Integer.toString(ports.rpc()));
        if (serviceRoute) {
            all.put("TESTBED_SERVICE_ROUTE", uri(ports.plain(), Transport.UDP) + ";lr");
        }
        all.forEach((name, value) -> text.append("#!substdef \"^%s^%s^g\"\n".formatted(name, value)));
        features.forEach(feature -> text.append("#!define ").append(feature).append('\n'));
        for (Transport each : transports) {
            text.append("listen=%s:127.0.0.1:%d\n".formatted(each.parameter(), ports.of(each)));
        }
        text.append("listen=tcp:127.0.0.1:%d\n".formatted(ports.rpc()));
        text.append("include_file \"kamailio-routes.cfg\"\n");
        if (oneTimeNonces) {
            text.append("modparam(\"auth\", \"nonce_count\", 0)\nmodparam(\"auth\", \"one_time_nonce\", 1)\n");
        }
        if (!users.isEmpty()) {
            text.append("event_route[htable:mod-init] {\n");
            users.forEach((user, password) -> text.append("    $sht(users=>%s) = \"%s\";\n".formatted(user, password)));
            text.append("}\n");
        }
        return text.toString();
    }

    private String tlsConfiguration() {
        return "[server:default]\nmethod=TLSv1.2+\n" + String.join("\n", tls)
                + "\n[client:default]\nmethod=TLSv1.2+\nverify_certificate=no\n";
    }

    private void feature(String name) {
        if (!features.contains(name)) {
            features.add(name);
        }
    }

    private static String uri(int port, Transport transport) {
        return "sip:127.0.0.1:" + port + ";transport=" + transport.parameter();
    }

    private static String plain(String what, String value) {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + ": '" + value + "' (expected: 1 to 128 characters of " + PLAIN.pattern() + ")");
        }
        return value;
    }

    private static String seconds(String what, Duration duration) {
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException(what + ": " + duration + " (expected: one second or more)");
        }
        return Long.toString(duration.toSeconds());
    }
}
