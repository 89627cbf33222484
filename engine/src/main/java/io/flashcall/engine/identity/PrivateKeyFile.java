package io.flashcall.engine.identity;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.ConfigException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the signing key: PEM with PKCS#8 (`PRIVATE KEY`, RFC 5958) or SEC1 (`EC PRIVATE KEY`, RFC 5915), on
/// P-256. An error names the file and what is wrong with it, and nothing of what is in it.
final class PrivateKeyFile {

    private static final String EXPECTED = "a PEM file with an unencrypted P-256 private key, PKCS#8 or SEC1";
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----" + "([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /// `AlgorithmIdentifier`: id-ecPublicKey, prime256v1 (RFC 5480 §2.1.1).
    private static final byte[] ALGORITHM = HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107");

    private static final byte[] PRIME256V1 = HexFormat.of().parseHex("2a8648ce3d030107");
    private static final byte[] VERSION = {Der.INTEGER, 1, 0};

    private PrivateKeyFile() {}

    /// @throws ConfigException naming the file
    static ECPrivateKey read(Path file) {
        try {
            return key(text(file));
        } catch (IOException e) {
            throw problem(file, "cannot be read, " + e.getClass().getSimpleName(), e);
        } catch (IllegalArgumentException e) {
            throw problem(file, String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw problem(file, "the key in it is damaged or of another kind", e);
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("longer than 64 KiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static ECPrivateKey key(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no private key in it, or an encrypted one");
        }
        byte[] content = Base64.getMimeDecoder().decode(block.group(2));
        byte[] pkcs8 = switch (block.group(1)) {
            case "PRIVATE KEY" -> content;
            case "EC PRIVATE KEY" -> pkcs8(content);
            default -> throw new IllegalArgumentException("its key is a " + block.group(1));
        };
        var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (key instanceof ECPrivateKey ecKey && P256.isOn(ecKey)) {
            signOnce(ecKey);
            return ecKey;
        }
        throw new IllegalArgumentException("its key is on another curve");
    }

    /// A number outside the curve's order is read without complaint, and would fail at the first call.
    private static void signOnce(ECPrivateKey key) throws GeneralSecurityException {
        var engine = P256.es256();
        engine.initSign(key);
        engine.sign();
    }

    /// The JDK reads PKCS#8 alone, which is SEC1 with the curve stated ahead of it.
    private static byte[] pkcs8(byte[] sec1) {
        var key = new Der(sec1).enter(Der.SEQUENCE);
        key.enter(Der.INTEGER);
        key.enter(Der.OCTET_STRING);
        if (key.next() != Der.explicit(0)
                || !Arrays.equals(
                        key.enter(Der.explicit(0)).enter(Der.OBJECT_IDENTIFIER).bytes(), PRIME256V1)) {
            throw new IllegalArgumentException("its key does not say that it is on P-256");
        }
        return wrapped(Der.SEQUENCE, VERSION, ALGORITHM, wrapped(Der.OCTET_STRING, sec1));
    }

    private static byte[] wrapped(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(length >> Byte.SIZE);
        out.write(length);
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static ConfigException problem(Path file, String what, Exception cause) {
        var problem = new ConfigException(List.of(new Problem("stir.private_key", file + ": " + what, EXPECTED)));
        problem.initCause(cause);
        return problem;
    }
}
