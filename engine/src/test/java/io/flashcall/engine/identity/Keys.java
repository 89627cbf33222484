package io.flashcall.engine.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;

/// Key pairs made for one test, and their files.
final class Keys {

    private Keys() {}

    static KeyPair p256() {
        return on("secp256r1");
    }

    /// @param curve as the JDK names it
    static KeyPair on(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pkcs8(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /// As `openssl ecparam -genkey` writes it.
    ///
    /// @param keys whose private key names its curve inside, as the JDK's does outside
    static String sec1(KeyPair keys) throws IOException {
        var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        var key = ECPrivateKey.getInstance(info.parsePrivateKey());
        int bits = ((ECKey) keys.getPrivate()).getParams().getOrder().bitLength();
        var named = new ECPrivateKey(
                bits, key.getKey(), info.getPrivateKeyAlgorithm().getParameters());
        return pem("EC PRIVATE KEY", named.getEncoded());
    }

    static String publicKey(KeyPair keys) {
        return pem("PUBLIC KEY", keys.getPublic().getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }
}
