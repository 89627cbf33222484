package io.flashcall.server.config;

import io.flashcall.engine.Credentials;
import io.flashcall.engine.FailoverPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.ClientCertificate;
import io.flashcall.engine.TlsConfig.Version;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads what a trunk's entry says of the carrier itself: where it is, and how it is reached.
final class PeerReader {

    private static final Kind<SipTransport> TRANSPORT =
            Kind.oneOf(List.of("udp", "tcp", "tls")).map(word -> SipTransport.valueOf(word.toUpperCase(Locale.ROOT)));
    private static final Kind<Version> VERSION =
            Kind.oneOf(List.of("1.2", "1.3")).map(word -> word.equals("1.2") ? Version.TLS_1_2 : Version.TLS_1_3);

    private PeerReader() {}

    static Optional<PeerConfig> read(Section trunk) {
        var target = trunk.required("target", Kind.TARGET);
        var sources = trunk.list("sources", Kind.SOURCE);
        var transports = trunk.list("transports", TRANSPORT);
        var tls = trunk.section("tls", PeerReader::tls);
        var failover = trunk.section("failover", PeerReader::failover);
        var credentials = trunk.section("auth", section -> credentials(trunk, section));
        return target.flatMap(carrier -> {
            Set<SipTransport> allowed = transports.isEmpty() ? PeerConfig.usual(carrier) : EnumSet.copyOf(transports);
            return trunk.build("", () -> new PeerConfig(carrier, sources, allowed, tls, failover, credentials));
        });
    }

    private static TlsConfig tls(Section section) {
        var standard = TlsConfig.DEFAULT;
        var trust = section.file("trust_store");
        var client = client(section);
        var versions = section.list("versions", VERSION);
        var serverName = section.optional("server_name", Kind.TEXT);
        boolean wildcard = section.value("allow_wildcard", Kind.FLAG, standard.allowWildcard());
        Set<Version> spoken = versions.isEmpty() ? standard.versions() : EnumSet.copyOf(versions);
        return section.build("tls.", () -> new TlsConfig(trust, client, spoken, serverName, wildcard))
                .orElse(standard);
    }

    private static Optional<ClientCertificate> client(Section section) {
        if (!section.has("client_certificate") && !section.has("client_key")) {
            return Optional.empty();
        }
        var certificates = section.requiredFile("client_certificate");
        var key = section.requiredFile("client_key");
        return certificates.flatMap(chain -> key.map(secret -> new ClientCertificate(chain, secret)));
    }

    private static FailoverPolicy failover(Section section) {
        var standard = FailoverPolicy.DEFAULT;
        var after = section.value("after", Kind.DURATION, standard.failoverAfter());
        var probe = section.value("probe", Kind.DURATION, standard.probe());
        return section.build("failover.", () -> new FailoverPolicy(after, probe))
                .orElse(standard);
    }

    private static Optional<Credentials> credentials(Section trunk, Section section) {
        if (!trunk.has("auth")) {
            return Optional.empty();
        }
        var username = section.required("username", Kind.TEXT);
        return password(section)
                .flatMap(password ->
                        username.flatMap(name -> section.build("auth.", () -> new Credentials(name, password))));
    }

    private static Optional<Password> password(Section section) {
        if (section.has("password_file")) {
            if (section.has("password")) {
                section.refuse("password", "either password or password_file");
            }
            return section.requiredFile("password_file").map(Password.InFile::new);
        }
        if (!section.has("password")) {
            section.tell("password_file", "a file that holds the password; or password: ${NAME}, a variable that does");
        }
        return section.secret("password").map(Password.Text::new);
    }
}
