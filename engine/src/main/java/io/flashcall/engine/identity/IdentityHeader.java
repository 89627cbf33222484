package io.flashcall.engine.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The value of an Identity header taken apart (RFC 8224 §4): a JWS in its full form, and parameters.
///
/// @param jws  header, payload and signature, in base64url with dots between
/// @param info URI of the certificate
/// @param alg  `ES256` where it is not said
/// @param ppt  kind of the PASSporT, empty where it is not said
record IdentityHeader(String jws, String info, String alg, String ppt) {

    private static final int LONGEST = 8 * 1024;
    private static final Pattern JWS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern PARAMETER = Pattern.compile("[ \\t\\r\\n]*;[ \\t\\r\\n]*([A-Za-z0-9!%*_+`'~.-]+)"
            + "(?:[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:<([^<>]*)>|\"([^\"\\\\]*)\"|([^;<>\"\\s]+)))?");

    /// @throws Objection if it is none, or in the compact form, which is not for a PASSporT of some kind
    static IdentityHeader parse(String value) {
        if (value.length() > LONGEST) {
            throw new Objection(Fault.MALFORMED, "longer than " + LONGEST);
        }
        String text = value.strip();
        Matcher jws = JWS.matcher(text);
        if (!jws.lookingAt()) {
            throw new Objection(Fault.MALFORMED, "not a JWS in its full form");
        }
        Map<String, String> parameters = parameters(text, jws.end());
        String info = parameters.get("info");
        if (info == null) {
            throw new Objection(Fault.MALFORMED, "no info parameter");
        }
        return new IdentityHeader(
                jws.group(), info, parameters.getOrDefault("alg", "ES256"), parameters.getOrDefault("ppt", ""));
    }

    private static Map<String, String> parameters(String text, int from) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        int at = from;
        while (at < text.length()) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                throw new Objection(Fault.MALFORMED, "not a parameter at " + at);
            }
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            if (parameters.putIfAbsent(name, valueOf(parameter)) != null) {
                throw new Objection(Fault.MALFORMED, "a parameter stands twice");
            }
            at = parameter.end();
        }
        return parameters;
    }

    private static String valueOf(Matcher parameter) {
        for (int group = 2; group <= 4; group++) {
            String value = parameter.group(group);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /// The bytes that were signed.
    byte[] signed() {
        return jws.substring(0, jws.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] headerJson() {
        return decoded(0, jws.indexOf('.'));
    }

    byte[] payloadJson() {
        return decoded(jws.indexOf('.') + 1, jws.lastIndexOf('.'));
    }

    byte[] signature() {
        return decoded(jws.lastIndexOf('.') + 1, jws.length());
    }

    private byte[] decoded(int from, int to) {
        try {
            return Base64.getUrlDecoder().decode(jws.substring(from, to));
        } catch (IllegalArgumentException e) {
            throw new Objection(Fault.MALFORMED, "not base64url");
        }
    }

    /// Tells no Identity, which holds two numbers.
    @Override
    public String toString() {
        return "IdentityHeader[info=" + info + "]";
    }
}
