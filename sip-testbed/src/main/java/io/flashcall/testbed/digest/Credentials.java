package io.flashcall.testbed.digest;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The value of an Authorization or Proxy-Authorization header: its parameters, and which of them were quoted.
public final class Credentials {

    private static final String SCHEME = "Digest ";

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Set<String> quoted = new HashSet<>();

    private Credentials() {}

    /// Reads a header value; nothing if it is no Digest, or not `name=value` joined by commas.
    public static Optional<Credentials> parse(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Credentials credentials = new Credentials();
        // The message keeps bytes as ISO 8859-1; digests are made of UTF-8 (RFC 7616 §4).
        String rest = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int at = SCHEME.length();
        while (at < rest.length()) {
            at = credentials.readOne(rest, at);
            if (at < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(credentials);
    }

    /// Reads one parameter and the comma behind it; returns where the next begins, or -1.
    private int readOne(String text, int start) {
        int equals = text.indexOf('=', start);
        if (equals < 0) {
            return -1;
        }
        String name = text.substring(start, equals).trim().toLowerCase(Locale.ROOT);
        int at = equals + 1;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        StringBuilder value = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
            at = unquote(text, at + 1, value);
            quoted.add(name);
        } else {
            int end = text.indexOf(',', at);
            end = end < 0 ? text.length() : end;
            value.append(text.substring(at, end).trim());
            at = end;
        }
        if (at < 0 || name.isEmpty() || parameters.put(name, value.toString()) != null) {
            return -1;
        }
        int comma = text.indexOf(',', at);
        return comma < 0 ? text.length() : comma + 1;
    }

    /// Copies up to the closing quote; returns what follows it, or -1 if there is none.
    private static int unquote(String text, int from, StringBuilder value) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            }
            value.append(text.charAt(i));
        }
        return -1;
    }

    /// The parameter of this lower-case name, unquoted; empty if absent.
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    boolean isQuoted(String name) {
        return quoted.contains(name);
    }

    /// What `response` must be: RFC 7616 §3.4.1, or RFC 2069's shorter form where no qop is named.
    public String expectedResponse(DigestAlgorithm algorithm, String password, String method) {
        String secret = algorithm.hash(get("username") + ":" + get("realm") + ":" + password);
        String request = algorithm.hash(method + ":" + get("uri"));
        String nonce = get("nonce");
        return has("qop")
                ? algorithm.hash(String.join(":", secret, nonce, get("nc"), get("cnonce"), get("qop"), request))
                : algorithm.hash(String.join(":", secret, nonce, request));
    }
}
