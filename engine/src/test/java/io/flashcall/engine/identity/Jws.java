package io.flashcall.engine.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;

/// Signs any two JSON texts, right or wrong, apart from the code under test.
final class Jws {

    private Jws() {}

    static String sign(KeyPair keys, String header, String payload) {
        try {
            String signed = base64Url(header.getBytes(UTF_8)) + "." + base64Url(payload.getBytes(UTF_8));
            var es256 = P256.es256();
            es256.initSign(keys.getPrivate());
            es256.update(signed.getBytes(UTF_8));
            return signed + "." + base64Url(es256.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
