package io.flashcall.engine.trunk;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.transport.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the files of a trunk's configuration hold: read when it starts and again by each reload, all of them before
/// any is used. Whatever else of a trunk stands in files belongs here: read by [#load], counted in [#fingerprint].
/// Immutable.
public final class TrunkSecrets {

    private final Optional<byte[]> password;
    private final Optional<TlsSettings> tls;
    private final Optional<IdentitySigner> signer;
    private final byte[] fingerprint;

    private TrunkSecrets(
            Optional<byte[]> password, Optional<TlsSettings> tls, Optional<IdentitySigner> signer, byte[] fingerprint) {
        this.password = password;
        this.tls = tls;
        this.signer = signer;
        this.fingerprint = fingerprint;
    }

    /// Reads the files; blocks.
    ///
    /// @throws IOException naming the file, and what was expected there
    public static TrunkSecrets load(TrunkConfig config) throws IOException {
        var peer = config.peer();
        Optional<byte[]> password = Optional.empty();
        Optional<TlsSettings> tls = Optional.empty();
        try {
            if (peer.credentials().isPresent()) {
                password = Optional.of(peer.credentials().get().password().read());
            }
            if (peer.transports().contains(SipTransport.TLS)) {
                String domain = peer.target().host().replaceAll("[\\[\\]]", "");
                tls = Optional.of(TlsSettings.load(peer.tls(), domain));
            }
        } catch (IOException e) {
            throw new IOException("trunk " + config.name() + ": " + e.getMessage(), e);
        }
        return new TrunkSecrets(password, tls, signer(config), fingerprint(config, password));
    }

    private static Optional<IdentitySigner> signer(TrunkConfig config) throws IOException {
        try {
            return config.options().stir().map(IdentitySigner::new);
        } catch (ConfigException e) {
            String found = e.problems().stream().map(String::valueOf).collect(Collectors.joining("; "));
            throw new IOException("trunk " + config.name() + ": " + found, e);
        }
    }

    /// What tells contents from others, kept nowhere else.
    private static byte[] fingerprint(TrunkConfig config, Optional<byte[]> password) throws IOException {
        var digest = sha256();
        password.ifPresent(bytes -> add(digest, bytes));
        if (config.peer().transports().contains(SipTransport.TLS)) {
            var tls = config.peer().tls();
            addFile(digest, tls.trustStore());
            addFile(digest, tls.client().map(TlsConfig.ClientCertificate::certificates));
            addFile(digest, tls.client().map(TlsConfig.ClientCertificate::key));
        }
        addFile(digest, config.options().stir().map(StirConfig::privateKeyFile));
        return digest.digest();
    }

    private static void addFile(MessageDigest digest, Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            add(digest, Files.readAllBytes(file.get()));
        }
    }

    /// With its length, so that what moves from one to the next is a change.
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The password of its [Credentials], if it has any. Do not change it.
    public Optional<byte[]> password() {
        return password;
    }

    /// What its TLS connections are made with; empty where it has none.
    public Optional<TlsSettings> tls() {
        return tls;
    }

    /// What signs its calls; empty where they are not signed.
    public Optional<IdentitySigner> signer() {
        return signer;
    }

    /// Whether the files held the same.
    public boolean isSame(TrunkSecrets other) {
        return MessageDigest.isEqual(fingerprint, other.fingerprint);
    }

    @Override
    public String toString() {
        return "TrunkSecrets[***]";
    }
}
