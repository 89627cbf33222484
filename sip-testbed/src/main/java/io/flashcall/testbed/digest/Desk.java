package io.flashcall.testbed.digest;

import io.flashcall.testbed.digest.Verdict.Cause;
import io.flashcall.testbed.digest.Verdict.Fault;
import io.flashcall.testbed.digest.Verdict.Kind;
import io.flashcall.testbed.wire.HeaderName;
import io.flashcall.testbed.wire.SipMessage;
import io.flashcall.testbed.wire.SipResponse.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One party that asks for credentials: its realm, its status and headers, its nonces. Confined to the loop.
///
/// @param status 401 or 407
/// @param asks the header of its challenges
/// @param reads the header of the answers
record Desk(DigestPolicy policy, String realm, int status, HeaderName asks, HeaderName reads, Nonces nonces) {

    private static final String OPAQUE = "5ccc069c403ebaf9f0171e9517f40e41";

    static Desk server(DigestPolicy policy, String realm) {
        return new Desk(
                policy, realm, 401, HeaderName.WWW_AUTHENTICATE, HeaderName.AUTHORIZATION, new Nonces(policy.nonces()));
    }

    static Desk proxy(DigestPolicy policy, String realm) {
        return new Desk(
                policy,
                realm,
                407,
                HeaderName.PROXY_AUTHENTICATE,
                HeaderName.PROXY_AUTHORIZATION,
                new Nonces(policy.nonces()));
    }

    Verdict check(SipMessage request, long now) {
        List<Fault> faults = new ArrayList<>();
        Optional<Credentials> found = credentials(request, faults);
        if (found.isEmpty()) {
            return challenge(now, Cause.NONE, faults);
        }
        Credentials credentials = found.get();
        form(credentials, request, faults);
        DigestAlgorithm algorithm = algorithm(credentials);
        String right = credentials.expectedResponse(algorithm, policy.password(), request.method());
        if (!credentials.get("username").equals(policy.user()) || !right.equals(credentials.get("response"))) {
            return challenge(now, Cause.WRONG, faults);
        }
        Nonces.Nonce nonce = nonces.find(credentials.get("nonce"));
        if (nonce == null || nonces.isSpent(nonce, now)) {
            return challenge(now, Cause.STALE, faults);
        }
        if (nonce.algorithm() != algorithm) {
            faults.add(new Fault(
                    Kind.FORM,
                    "algorithm " + algorithm.token() + " for a nonce of "
                            + nonce.algorithm().token()));
            return challenge(now, Cause.WRONG, faults);
        }
        nonce.use();
        if (credentials.has("qop") && !countIsFresh(credentials.get("nc"), nonce, faults)) {
            return challenge(now, Cause.STALE, faults);
        }
        return new Verdict.Admitted(policy.user(), faults);
    }

    Verdict stale(long now, List<Fault> faults) {
        return challenge(now, Cause.STALE, faults);
    }

    /// The credentials for this realm; others may stand beside them (RFC 3261 §22.3).
    private Optional<Credentials> credentials(SipMessage request, List<Fault> faults) {
        for (String value : request.headers(reads)) {
            Optional<Credentials> credentials = Credentials.parse(value);
            if (credentials.isEmpty()) {
                faults.add(new Fault(Kind.FORM, reads.longForm() + " is no list of Digest parameters"));
            } else if (credentials.get().get("realm").equals(realm)) {
                return credentials;
            }
        }
        return Optional.empty();
    }

    private void form(Credentials credentials, SipMessage request, List<Fault> faults) {
        for (String bare : List.of("algorithm", "qop", "nc", "stale")) {
            if (credentials.isQuoted(bare)) {
                faults.add(new Fault(Kind.FORM, bare + " is quoted (expected: bare)"));
            }
        }
        for (String quoted : List.of("username", "realm", "nonce", "uri", "response", "cnonce", "opaque")) {
            if (credentials.has(quoted) && !credentials.isQuoted(quoted)) {
                faults.add(new Fault(Kind.FORM, quoted + " is bare (expected: quoted)"));
            }
        }
        String qop = policy.offer().qop() ? "auth" : "";
        same("qop", qop, credentials.get("qop"), faults);
        same("opaque", policy.offer().opaque() ? OPAQUE : "", credentials.get("opaque"), faults);
        if (credentials.has("qop") == credentials.get("cnonce").isEmpty()) {
            faults.add(new Fault(Kind.FORM, "cnonce '" + credentials.get("cnonce") + "' (expected: one with qop)"));
        }
        if (!credentials.get("uri").equals(request.requestUri())) {
            faults.add(new Fault(
                    Kind.URI, "uri '" + credentials.get("uri") + "' (expected: '" + request.requestUri() + "')"));
        }
    }

    private static void same(String name, String expected, String seen, List<Fault> faults) {
        if (!expected.equals(seen)) {
            faults.add(new Fault(Kind.FORM, name + " '" + seen + "' (expected: '" + expected + "')"));
        }
    }

    /// Without `algorithm` it is MD5 (RFC 7616 §3.4).
    private static DigestAlgorithm algorithm(Credentials credentials) {
        return DigestAlgorithm.named(credentials.get("algorithm")).orElse(DigestAlgorithm.MD5);
    }

    private static boolean countIsFresh(String text, Nonces.Nonce nonce, List<Fault> faults) {
        if (!text.matches("[0-9a-fA-F]{8}") || text.equals("00000000")) {
            faults.add(new Fault(Kind.COUNT, "nc '" + text + "' (expected: eight hexadecimal digits from 00000001)"));
            return true;
        }
        long count = Long.parseLong(text, 16);
        if (count > 1_000_000 || !nonce.use((int) count)) {
            faults.add(new Fault(Kind.COUNT, "nc " + text + " again, or far beyond (expected: each once, in turn)"));
            return false;
        }
        return true;
    }

    private Verdict challenge(long now, Cause cause, List<Fault> faults) {
        List<Field> fields = new ArrayList<>();
        policy.realms()
                .decoy()
                .ifPresent(other ->
                        fields.add(field(other, DigestAlgorithm.MD5, nonces.issue(DigestAlgorithm.MD5, now), cause)));
        for (DigestAlgorithm algorithm : policy.offer().algorithms()) {
            fields.add(field(realm, algorithm, nonces.issue(algorithm, now), cause));
        }
        return new Verdict.Challenged(status, fields, cause, faults);
    }

    private Field field(String of, DigestAlgorithm algorithm, String nonce, Cause cause) {
        StringBuilder text = new StringBuilder(200);
        text.append("Digest realm=\"")
                .append(of)
                .append("\", nonce=\"")
                .append(nonce)
                .append('"');
        if (policy.offer().opaque()) {
            text.append(", opaque=\"").append(OPAQUE).append('"');
        }
        if (cause == Cause.STALE) {
            text.append(", stale=true");
        }
        // RFC 2069 knew no algorithm but MD5, and no parameter for it; naming it does no harm (RFC 2617
        // §3.2.1).
        text.append(", algorithm=").append(algorithm.token());
        if (policy.offer().qop()) {
            text.append(", qop=\"auth\"");
        }
        return new Field(asks.longForm(), text.toString());
    }
}
