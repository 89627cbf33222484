package io.flashcall.engine.identity;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.E164;
import io.flashcall.engine.StirConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Base64.Encoder;
import org.jctools.queues.MpmcArrayQueue;
import org.jspecify.annotations.Nullable;

/// Signs the caller id of calls with one key: a SHAKEN PASSporT (RFC 8225, RFC 8588) in an Identity header
/// (RFC 8224).
///
/// Thread-safe and lock-free; never blocks but in [#reload], which reads a file.
public final class IdentitySigner {

    private static final Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final StirConfig config;

    /// The protected header of the JWS with the dot behind it: the same in every call.
    private final String head;

    /// What stands behind the JWS in the Identity header: the same too.
    private final String parameters;

    private volatile Signers signers;

    /// Reads the key.
    ///
    /// @throws ConfigException if there is none, or it cannot sign
    public IdentitySigner(StirConfig config) {
        this.config = config;
        this.head = base64Url(Passport.header(config.x5u())) + ".";
        this.parameters = ";info=<" + config.x5u() + ">;alg=ES256;ppt=shaken";
        this.signers = load();
    }

    /// Reads the key file again, and signs with what it now holds. Calls being signed meanwhile have the one
    /// or the other key.
    ///
    /// @throws ConfigException naming the file and what is wrong with it; the key in use stays in use
    public void reload() {
        signers = load();
    }

    /// Where verifiers fetch the certificate.
    public String x5u() {
        return config.x5u();
    }

    /// Signs for one call, as of now.
    ///
    /// @param from the caller id shown
    /// @param to   the number called
    public SignedIdentity sign(E164 from, E164 to, Instant now) {
        var iat = Instant.ofEpochSecond(now.getEpochSecond());
        String signed = head
                + base64Url(Passport.payload(
                        config.attestation(), to.digits(), iat.getEpochSecond(), from.digits(), config.origid()));
        byte[] signature = signers.sign(signed.getBytes(StandardCharsets.US_ASCII));
        String jws = signed + "." + BASE64URL.encodeToString(signature);
        return new SignedIdentity(jws + parameters, SipDate.text(iat), iat);
    }

    private Signers load() {
        var key = PrivateKeyFile.read(config.privateKeyFile());
        return new Signers(key);
    }

    private static String base64Url(String ascii) {
        return BASE64URL.encodeToString(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /// The idle signature engines of one key: one engine is costly to make, and serves one thread at a time.
    /// Virtual threads come and go, so the engines are no thread's.
    private static final class Signers {

        private static final int MOST_IDLE = 64;

        private final PrivateKey key;
        private final MpmcArrayQueue<Signature> idle = new MpmcArrayQueue<>(MOST_IDLE);

        Signers(PrivateKey key) {
            this.key = key;
        }

        byte[] sign(byte[] bytes) {
            try {
                var engine = take();
                engine.update(bytes);
                byte[] signature = engine.sign();
                idle.offer(engine);
                return signature;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a P-256 key signs", e);
            }
        }

        private Signature take() throws GeneralSecurityException {
            @Nullable Signature engine = idle.poll();
            if (engine == null) {
                engine = P256.es256();
                engine.initSign(key);
            }
            return engine;
        }
    }
}
