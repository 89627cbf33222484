package io.flashcall.engine.transport;

import io.flashcall.engine.TlsConfig;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// A [TlsConfig] with its files read, for connections to one domain. Immutable, any thread; a reload makes a
/// new one, which new connections use.
///
/// The peer must prove to be the trunk's domain, whatever host or address SRV records led to (RFC 5922 §4).
public final class TlsSettings {

    /// Certificates are checked and keys used off the event loop.
    private static final Executor HANDSHAKES =
            task -> Thread.ofVirtual().name("tls-handshake").start(task);

    private final String domain;
    private final SslContext context;
    private final ClientKey client;

    private TlsSettings(String domain, SslContext context, ClientKey client) {
        this.domain = domain;
        this.context = context;
        this.client = client;
    }

    /// Reads the files. Blocks.
    ///
    /// @param domain the trunk's, a name or an IP address; the configuration's server name has precedence
    /// @throws IOException naming the file and what was expected there
    public static TlsSettings load(TlsConfig config, String domain) throws IOException {
        String expected = config.serverName().orElse(domain);
        var trust = new SipTrustManager(authorities(config.trustStore()), expected, config.allowWildcard());
        var client = client(config);
        var builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(trust)
                .keyManager(client)
                .endpointIdentificationAlgorithm(null)
                .protocols(config.versions().stream()
                        .sorted(Comparator.reverseOrder())
                        .map(TlsConfig.Version::jdkName)
                        .toList());
        return new TlsSettings(expected, builder.build(), client);
    }

    private static ClientKey client(TlsConfig config) throws IOException {
        if (config.client().isEmpty()) {
            return new ClientKey(null, List.of());
        }
        var files = config.client().get();
        var chain = PemFiles.certificates(files.certificates());
        return new ClientKey(PemFiles.key(files.key(), chain.getFirst()), chain);
    }

    /// Whom the peer must prove to be.
    public String domain() {
        return domain;
    }

    /// When the first of the certificates that we present expires; empty when we present none.
    public Optional<Instant> expires() {
        return client.chain().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder());
    }

    /// The handler of one connection. Names the domain to the peer (SNI), unless it is an IP address (RFC 6066
    /// §3).
    SslHandler newHandler(ByteBufAllocator buffers, int port, long timeoutMillis) {
        var handler = context.newHandler(buffers, domain, port, HANDSHAKES);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        if (SipIdentities.address(domain).isEmpty()) {
            var parameters = handler.engine().getSSLParameters();
            String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
            parameters.setServerNames(List.of(new SNIHostName(name)));
            handler.engine().setSSLParameters(parameters);
        }
        return handler;
    }

    /// What a failed handshake means. In TLS 1.2 a peer that asks for a certificate and gets none says no more
    /// than that the handshake failed.
    StreamClosed explain(SSLEngine engine, StreamClosed end) {
        boolean isOurCertificate = end.reason() == CloseReason.TLS_FAILED
                && end.detail().contains("handshake_failure")
                && client.wasAskedOn(engine);
        return isOurCertificate
                ? new StreamClosed(
                        CloseReason.TLS_CLIENT_CERTIFICATE,
                        "the peer asked for a certificate and did not like "
                                + (client.chain().isEmpty() ? "to get none" : "ours"))
                : end;
    }

    private static Set<X509Certificate> authorities(Optional<Path> file) throws IOException {
        return file.isPresent() ? Set.copyOf(PemFiles.certificates(file.get())) : authoritiesOfTheJdk();
    }

    private static Set<X509Certificate> authoritiesOfTheJdk() throws IOException {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore theDefault = null;
            factory.init(theDefault);
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    return Set.copyOf(List.of(trust.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK's trust store cannot be read: " + e.getMessage(), e);
        }
        throw new IOException("the JDK has no trust store (expected: one, or a trust_store of the trunk)");
    }
}
