package io.flashcall.testbed.digest;

import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import java.util.ArrayList;
import java.util.List;

/// A user who answers challenges: the smallest one there is.
public record Answering(String user, String password) {

    /// The credentials for the challenge at `index` of a 401 or 407, as a header line.
    public String line(SipMessage response, int index, String method, String uri, int count) {
        HeaderName asks = response.status() == 401 ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
        String name = response.status() == 401 ? "Authorization" : "Proxy-Authorization";
        return name + ": " + value(response.headers(asks).get(index), method, uri, count) + "\r\n";
    }

    String value(String challenge, String method, String uri, int count) {
        Credentials asked = Credentials.parse(challenge).orElseThrow();
        List<String> parts = new ArrayList<>();
        parts.add("username=\"" + user + "\"");
        for (String repeated : List.of("realm", "nonce", "opaque")) {
            if (asked.has(repeated)) {
                parts.add(repeated + "=\"" + asked.get(repeated) + "\"");
            }
        }
        parts.add("uri=\"" + uri + "\"");
        parts.add("algorithm=" + asked.get("algorithm"));
        if (asked.has("qop")) {
            parts.add("qop=auth, nc=%08x, cnonce=\"0a4f113b\"".formatted(count));
        }
        String open = "Digest " + String.join(", ", parts);
        String response = Credentials.parse(open)
                .orElseThrow()
                .expectedResponse(DigestAlgorithm.named(asked.get("algorithm")).orElseThrow(), password, method);
        return open + ", response=\"" + response + "\"";
    }
}
