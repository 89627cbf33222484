package io.flashcall.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// With what calls are signed (STIR/SHAKEN, RFC 8224 and RFC 8588).
///
/// @param attestation    what we say of the caller's right to the number
/// @param privateKeyFile PEM file with the key of the certificate at `x5u`, on P-256; read by who signs
/// @param x5u            where verifiers fetch the certificate: `https`, on port 443 or 8443
/// @param origid         a UUID that tells one customer or trunk group from another in a traceback
public record StirConfig(Attestation attestation, Path privateKeyFile, String x5u, String origid) {

    private static final int LONGEST_X5U = 512;
    private static final int HTTPS = 443;
    private static final int HTTPS_ALTERNATIVE = 8443;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public StirConfig {
        origid = origid.toLowerCase(Locale.ROOT);
        new Problems("stir")
                .check(
                        !privateKeyFile.toString().isEmpty(),
                        "private_key",
                        "nothing",
                        "the path of a PEM file with a P-256 private key")
                .check(
                        isX5u(x5u),
                        "x5u",
                        x5u,
                        "an https URI on port 443 or 8443, with neither user, query, fragment nor path parameters")
                .check(
                        UUID_TEXT.matcher(origid).matches(),
                        "origid",
                        origid,
                        "a UUID, such as 123e4567-e89b-12d3-a456-426655440000")
                .throwIfAny();
    }

    /// Whether a certificate may be fetched from there (ATIS-1000074 §5.3.1), as far as the text tells.
    public static boolean isX5u(String text) {
        if (text.length() > LONGEST_X5U || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return false;
        }
        try {
            var uri = new URI(text);
            int port = uri.getPort();
            return "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && (port == -1 || port == HTTPS || port == HTTPS_ALTERNATIVE)
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().indexOf(';') < 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// What the signer says of the caller's right to the number (RFC 8588 §4).
    public enum Attestation {
        /// Full: the customer is known, and entitled to the number.
        A,
        /// Partial: the customer is known, their right to the number is not.
        B,
        /// Gateway: only the point of entry is known.
        C
    }
}
