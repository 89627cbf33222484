package io.flashcall.engine.agent;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the address at which one may complain of a block, as a peer wrote it. Whoever opens it must not be led
/// astray: only a web address, of printable ASCII, with a host and without a user.
final class RedressUrl {

    /// Bytes of an address at most.
    static final int LONGEST = 256;

    private RedressUrl() {}

    /// Empty where the bytes are no such address.
    static Optional<URI> read(byte[] bytes, int length) {
        if (length == 0) {
            return Optional.empty();
        }
        var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text)).filter(RedressUrl::isWeb);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isWeb(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getHost() != null && uri.getUserInfo() == null;
    }
}
