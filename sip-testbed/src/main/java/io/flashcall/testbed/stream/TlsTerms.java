package io.flashcall.testbed.stream;

import io.flashcall.testbed.option.Parameters;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How a carrier speaks TLS.
///
/// @param port where it listens, on the address of its UDP socket; 0 takes a free one
/// @param context with the carrier's certificate, and whom it trusts
/// @param clientCertificate whether a caller must show a certificate
/// @param protocols such as `TLSv1.2`; empty: the JDK's
/// @param delay how long it waits before it begins its part of the handshake
public record TlsTerms(
        int port, SSLContext context, boolean clientCertificate, List<String> protocols, Duration delay) {

    public TlsTerms {
        protocols = List.copyOf(protocols);
    }

    /// A free port, the JDK's protocols, no client certificate, no delay.
    public static TlsTerms of(TlsIdentity identity) {
        return new TlsTerms(0, identity.context(Optional.empty()), false, List.of(), Duration.ZERO);
    }

    /// The same with a late handshake.
    public TlsTerms withDelay(Duration other) {
        return new TlsTerms(port, context, clientCertificate, protocols, other);
    }

    /// The same with these protocols only.
    public TlsTerms withProtocols(String... only) {
        return new TlsTerms(port, context, clientCertificate, List.of(only), delay);
    }

    /// Reads `port=5061,cert=FILE,key=FILE` and what [#describe] lists; a bare value is the port.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    /// @throws UncheckedIOException naming the file that cannot be read
    public static TlsTerms parse(String text) {
        Parameters parameters = new Parameters("tls", text, "port");
        int port = parameters.count("port", 5061, 0, 65_535);
        TlsIdentity identity = parameters.has("p12")
                ? TlsIdentity.pkcs12(Path.of(parameters.word("p12", "")), parameters.word("password", ""))
                : pem(parameters);
        Optional<Path> trust =
                parameters.has("client-ca") ? Optional.of(Path.of(parameters.word("client-ca", ""))) : Optional.empty();
        List<String> protocols = parameters.words("protocols", List.of(), List.of("TLSv1.2", "TLSv1.3"));
        Duration delay = parameters.duration("delay", Duration.ZERO);
        parameters.refuseUnknown();
        return new TlsTerms(port, identity.context(trust), trust.isPresent(), protocols, delay);
    }

    /// Makes what `cert` and `key` want, for the loopback address.
    private static final String MAKE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9"
            + " -subj /CN=carrier -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem";

    private static TlsIdentity pem(Parameters parameters) {
        for (String file : List.of("cert", "key")) {
            if (!parameters.has(file)) {
                throw parameters.bad(file, "", "a PEM file; or p12=FILE,password=SECRET; to make one: " + MAKE);
            }
        }
        return TlsIdentity.pem(Path.of(parameters.word("cert", "")), Path.of(parameters.word("key", "")));
    }

    /// The parameters of [#parse] with their defaults, a line each; for `--help`.
    public static String describe() {
        return """
                  port=5061                        on the address of --listen
                  cert=FILE,key=FILE               PEM: the chain, leaf first; the key in PKCS #8
                  p12=FILE,password=SECRET         PKCS #12 instead
                  client-ca=FILE                   PEM; callers must then show a certificate of it
                  protocols=TLSv1.2+TLSv1.3        those of the JDK unless named
                  delay=0s                         before each handshake
                  To make cert.pem and key.pem (a trunk trusts them by tls: {trust_store: cert.pem}):
                    %s
                """.formatted(MAKE.replace(" -subj", " \\\n      -subj"));
    }
}
