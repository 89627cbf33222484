package io.flashcall.engine.auth;

import io.flashcall.engine.sip.Challenge;
import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.sip.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One realm of a carrier: the nonce that it gave us last, and how often we have used it (RFC 7616 §3.4). One
/// thread.
final class ProtectionSpace {

    private static final byte[] AUTHORIZATION = ascii("Authorization: Digest username=\"");
    private static final byte[] PROXY_AUTHORIZATION = ascii("Proxy-Authorization: Digest username=\"");
    private static final byte[] REALM = ascii("\", realm=\"");
    private static final byte[] NONCE = ascii("\", nonce=\"");
    private static final byte[] URI = ascii("\", uri=\"");
    private static final byte[] RESPONSE = ascii("\", response=\"");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] ALGORITHM = ascii(", algorithm=");
    private static final byte[] CNONCE = ascii(", cnonce=\"");
    private static final byte[] QOP_AND_COUNT = ascii("\", qop=auth, nc=");
    private static final byte[] OPAQUE = ascii(", opaque=\"");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] AUTH = ascii("auth");

    private final long before;
    private final boolean proxy;
    private final byte[] realm;
    private byte[] nonce = {};
    private byte[] opaque = {};
    private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
    private boolean namesAlgorithm;
    private boolean qop;
    private long serial;
    private int count;
    private boolean ha1Known;
    private final byte[] ha1 = new byte[DigestHash.MOST_HEX];
    private int ha1Length;
    private final byte[] hex = new byte[DigestHash.MOST_HEX];
    private final byte[] cnonce = new byte[16];
    private final byte[] countHex = new byte[8];

    /// @param before the last serial number that a nonce of another space had
    ProtectionSpace(Challenge challenge, long before) {
        this.before = before;
        proxy = challenge.isProxy();
        realm = copy(challenge, challenge.realm);
    }

    boolean is(Challenge challenge) {
        return proxy == challenge.isProxy() && same(realm, challenge, challenge.realm);
    }

    /// Whether the challenge asks for nothing but what is at hand.
    boolean hasNonceOf(Challenge challenge, DigestAlgorithm chosen) {
        return serial != 0 && chosen == algorithm && same(nonce, challenge, challenge.nonce);
    }

    /// Takes up a nonce under a new serial number.
    void learn(Challenge challenge, DigestAlgorithm chosen, long newSerial) {
        ha1Known &= chosen == algorithm;
        algorithm = chosen;
        namesAlgorithm = !challenge.algorithm.isEmpty();
        qop = challenge.offersAuth();
        nonce = copy(challenge, challenge.nonce);
        opaque = copy(challenge, challenge.opaque);
        serial = newSerial;
        count = 0;
    }

    /// Of the nonce at hand.
    long serial() {
        return serial;
    }

    /// Whether a nonce of that serial number was one of this space.
    boolean wasShown(long usedSerial) {
        return usedSerial > before;
    }

    /// Writes the line that answers the challenge for one request.
    ///
    /// @param who    user name and password, as they are hashed
    /// @param random for the client's nonce
    void write(Identity who, byte[] method, byte[] uri, int uriLength, long random, HeaderLines out) {
        DigestHash hash = who.hash(algorithm);
        if (!ha1Known) {
            ha1Length = hash.field(who.username())
                    .field(realm)
                    .field(who.password())
                    .hex(ha1, 0);
            ha1Known = true;
        }
        count++;
        DigestHash.hex(random, cnonce, 0);
        DigestHash.hex(count, countHex, 0);
        int length = hash.field(method).field(uri, 0, uriLength).hex(hex, 0);
        hash.field(ha1, 0, ha1Length).field(nonce);
        if (qop) {
            hash.field(countHex).field(cnonce).field(AUTH);
        }
        // The hash of method and URI is read before its place is written over.
        length = hash.field(hex, 0, length).hex(hex, 0);
        out.append(proxy ? PROXY_AUTHORIZATION : AUTHORIZATION);
        out.append(who.quotedUsername());
        out.append(REALM);
        out.append(realm);
        out.append(NONCE);
        out.append(nonce);
        out.append(URI);
        out.append(uri, 0, uriLength);
        out.append(RESPONSE);
        out.append(hex, 0, length);
        out.append(QUOTE);
        writeOptional(out);
        out.append(LINE_END);
    }

    private void writeOptional(HeaderLines out) {
        if (namesAlgorithm) {
            out.append(ALGORITHM);
            out.append(algorithm.token());
        }
        if (qop) {
            out.append(CNONCE);
            out.append(cnonce);
            out.append(QOP_AND_COUNT);
            out.append(countHex);
        }
        if (opaque.length > 0) {
            out.append(OPAQUE);
            out.append(opaque);
            out.append(QUOTE);
        }
    }

    private static byte[] copy(Challenge challenge, Span span) {
        return Arrays.copyOfRange(challenge.bytes(), span.offset, span.end());
    }

    private static boolean same(byte[] known, Challenge challenge, Span span) {
        return Arrays.equals(known, 0, known.length, challenge.bytes(), span.offset, span.end());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
