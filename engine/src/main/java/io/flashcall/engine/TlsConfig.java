package io.flashcall.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How a trunk's TLS connections are made. An instance that exists is well-formed; its files are read when the
/// trunk starts, and again on reload.
///
/// @param trustStore    PEM file of the authorities that may stand behind the carrier's certificate; none: the
///                      JDK's
/// @param client        what we show a carrier that asks who we are; none: nothing
/// @param versions      at least one
/// @param serverName    the name to ask for (SNI) and to find in the certificate; none: the trunk's domain
/// @param allowWildcard whether `*.carrier.example` stands for one label, which RFC 5922 §7.2 forbids
public record TlsConfig(
        Optional<Path> trustStore,
        Optional<ClientCertificate> client,
        Set<Version> versions,
        Optional<String> serverName,
        boolean allowWildcard) {

    /// TLS 1.2 and 1.3, the JDK's authorities, the trunk's domain.
    public static final TlsConfig DEFAULT = new TlsConfig(
            Optional.empty(), Optional.empty(), Set.of(Version.TLS_1_2, Version.TLS_1_3), Optional.empty(), false);

    /// @param certificates PEM file: our certificate, then its issuers
    /// @param key          PEM file: its private key, PKCS#8, not encrypted
    public record ClientCertificate(Path certificates, Path key) {}

    /// Versions of the protocol; older ones are not spoken (RFC 8996).
    public enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String jdkName;

        Version(String jdkName) {
            this.jdkName = jdkName;
        }

        /// As the JDK calls it.
        public String jdkName() {
            return jdkName;
        }
    }

    public TlsConfig {
        versions = Set.copyOf(versions);
        new Problems("tls")
                .check(!versions.isEmpty(), "versions", versions, "TLS_1_2, TLS_1_3 or both")
                .check(
                        serverName.isEmpty() || WireHost.isHost(serverName.get()),
                        "server_name",
                        serverName.orElse(""),
                        "a domain name or an IP address")
                .throwIfAny();
    }
}
