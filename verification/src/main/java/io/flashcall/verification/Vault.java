package io.flashcall.verification;

import io.flashcall.engine.E164;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Turns secrets into what may be stored: keyed hashes (HMAC-SHA-256) and sealed values (AES-256-GCM), all from one
/// master key through HKDF (RFC 5869). Each value begins with the id of its key and a dot. Thread-safe.
public final class Vault {

    /// A master key has 32 bytes.
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKey macKey;
    private final SecretKey sealKey;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    /// @throws IllegalArgumentException unless the key has [#KEY_BYTES]
    public Vault(byte[] masterKey) {
        if (masterKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "master key: " + masterKey.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        try {
            this.macKey = derive(masterKey, "mac", "HmacSHA256");
            this.sealKey = derive(masterKey, "seal", "AES");
            this.keyId =
                    HexFormat.of().formatHex(derive(masterKey, "id", "Generic").getEncoded(), 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF", e);
        }
    }

    /// Eight hex digits that tell which master key it is, and nothing else about it.
    public String keyId() {
        return keyId;
    }

    /// What a session's attempt keeps of its code.
    public String codeMac(SessionId session, String code) {
        return mac("code", session.value(), code);
    }

    /// What a row keeps of a destination or caller id to find it again by.
    public String numberMac(E164 number) {
        return mac("number", number.digits());
    }

    /// Keyed hash of several texts; `purpose` keeps the uses apart.
    public String mac(String purpose, String... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(macKey);
            update(mac, purpose);
            for (var part : parts) {
                update(mac, part);
            }
            return keyId + "." + BASE64.encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", e);
        }
    }

    /// Encrypts and authenticates; twice the same text gives different values.
    ///
    /// @param context must be the same to [#open] it, say the session's id
    public String seal(String text, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(text.getBytes(StandardCharsets.UTF_8));
            var both =
                    ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
            return keyId + "." + BASE64.encodeToString(both.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /// @throws IllegalStateException when another key or context sealed it, or it was changed
    public String open(String sealed, String context) {
        int dot = sealed.indexOf('.');
        if (dot < 0 || !sealed.substring(0, dot).equals(keyId)) {
            throw new IllegalStateException("sealed with another master key than " + keyId);
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
            var cipher = cipher(Cipher.DECRYPT_MODE, both, context);
            return new String(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("a sealed value does not open: it was changed, or is another's", e);
        }
    }

    /// Compares in a time that does not depend on where they differ.
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// Hash of a secret that has 128 random bits or more, such as an API key; needs no key of ours.
    public static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Vault[" + keyId + "]";
    }

    private static void update(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // With its length ahead, so that no two lists of parts look alike.
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }

    /// @param nonce in its first bytes
    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealKey, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derive(byte[] masterKey, String use, String algorithm)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        var parameters = HKDFParameterSpec.ofExtract()
                .addIKM(masterKey)
                .thenExpand(("flashcall " + use).getBytes(StandardCharsets.UTF_8), KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
    }
}
