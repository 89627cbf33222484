package io.flashcall.engine.sip;

/// Walks over the Digest challenges of a response (RFC 3261 §20.27, §20.44; RFC 8760): WWW-Authenticate first,
/// then Proxy-Authenticate, each in its order.
///
/// Reusable: `wrap`, then `next` until it says no. A challenge of another scheme, or without realm or nonce, is
/// stepped over. Spans of quoted values leave out the quotes and keep backslashes, as they are hashed and
/// echoed (RFC 7616 §3.3).
public final class Challenge {

    private static final String SCHEME = "digest";

    public final Span realm = new Span();
    public final Span nonce = new Span();

    /// Empty where there is none.
    public final Span opaque = new Span();

    /// Empty where there is none, which means MD5.
    public final Span algorithm = new Span();

    private MessageHead head = new MessageHead();
    private Header header = Header.WWW_AUTHENTICATE;
    private int entry;
    private int at;
    private boolean proxy;
    private boolean stale;
    private boolean qop;
    private boolean auth;

    public Challenge() {}

    /// Starts before the first challenge.
    public Challenge wrap(ResponseView response) {
        head = response.head();
        header = Header.WWW_AUTHENTICATE;
        entry = head.headers.first(header);
        at = entry < 0 ? 0 : head.headers.start(entry);
        return this;
    }

    /// Moves to the next challenge that can be answered.
    public boolean next() {
        while (true) {
            if (entry < 0) {
                if (header == Header.PROXY_AUTHENTICATE) {
                    return false;
                }
                enter(Header.PROXY_AUTHENTICATE, head.headers.first(Header.PROXY_AUTHENTICATE));
            } else if (at >= head.headers.end(entry)) {
                enter(header, head.headers.next(header, entry));
            } else if (read(head.headers.end(entry))) {
                return true;
            }
        }
    }

    private void enter(Header next, int nextEntry) {
        header = next;
        entry = nextEntry;
        at = nextEntry < 0 ? 0 : head.headers.start(nextEntry);
    }

    /// The array that all spans point into.
    public byte[] bytes() {
        return head.bytes();
    }

    /// Whether a proxy asks: then the answer goes into Proxy-Authorization.
    public boolean isProxy() {
        return proxy;
    }

    /// Whether the credentials were right but the nonce too old.
    public boolean isStale() {
        return stale;
    }

    /// Whether any quality of protection is offered; without, the answer is that of RFC 2069.
    public boolean hasQop() {
        return qop;
    }

    /// Whether `auth` is among those offered.
    public boolean offersAuth() {
        return auth;
    }

    /// Whether realm, nonce and opaque hold no line ends and no other controls: they are echoed as they came, and a
    /// folded one would fold our header too.
    public boolean isPlain() {
        return isPlain(realm) && isPlain(nonce) && isPlain(opaque);
    }

    private boolean isPlain(Span value) {
        byte[] in = head.bytes();
        for (int i = value.offset; i < value.end(); i++) {
            if (Ascii.isControl(in[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean read(int end) {
        byte[] in = head.bytes();
        proxy = header == Header.PROXY_AUTHENTICATE;
        realm.clear();
        nonce.clear();
        opaque.clear();
        algorithm.clear();
        stale = false;
        qop = false;
        auth = false;
        int scheme = Ascii.skipLws(in, at, end);
        int schemeEnd = Ascii.skipToken(in, scheme, end);
        boolean digest = Ascii.sameIgnoringCase(in, scheme, schemeEnd, SCHEME);
        at = schemeEnd;
        boolean whole = schemeEnd > scheme && readParams(end);
        if (!whole) {
            at = end;
        }
        return digest && whole && !nonce.isEmpty() && realm.offset > 0;
    }

    /// Reads `name=value, …` up to the end or the scheme of another challenge.
    private boolean readParams(int end) {
        byte[] in = head.bytes();
        while (true) {
            int name = Ascii.skipLws(in, at, end);
            while (name < end && in[name] == ',') {
                name = Ascii.skipLws(in, name + 1, end);
            }
            int nameEnd = Ascii.skipToken(in, name, end);
            int equals = Ascii.skipLws(in, nameEnd, end);
            if (name == end || (nameEnd > name && (equals == end || in[equals] != '='))) {
                at = name;
                return true;
            }
            if (nameEnd == name) {
                return false;
            }
            int value = Ascii.skipLws(in, equals + 1, end);
            boolean quoted = value < end && in[value] == '"';
            int valueEnd = quoted ? Ascii.skipQuoted(in, value, end) : Ascii.skipToken(in, value, end);
            if (valueEnd < 0) {
                return false;
            }
            at = valueEnd;
            take(name, nameEnd, quoted ? value + 1 : value, quoted ? valueEnd - 1 : valueEnd);
        }
    }

    private void take(int name, int nameEnd, int value, int valueEnd) {
        byte[] in = head.bytes();
        if (Ascii.sameIgnoringCase(in, name, nameEnd, "realm")) {
            realm.set(value, valueEnd);
        } else if (Ascii.sameIgnoringCase(in, name, nameEnd, "nonce")) {
            nonce.set(value, valueEnd);
        } else if (Ascii.sameIgnoringCase(in, name, nameEnd, "opaque")) {
            opaque.set(value, valueEnd);
        } else if (Ascii.sameIgnoringCase(in, name, nameEnd, "algorithm")) {
            algorithm.set(value, valueEnd);
        } else if (Ascii.sameIgnoringCase(in, name, nameEnd, "stale")) {
            stale = Ascii.sameIgnoringCase(in, value, valueEnd, "true");
        } else if (Ascii.sameIgnoringCase(in, name, nameEnd, "qop")) {
            qop = true;
            auth = listsAuth(in, value, valueEnd);
        }
    }

    private static boolean listsAuth(byte[] in, int from, int to) {
        for (int at = from; at < to; ) {
            int option = Ascii.skipLws(in, at, to);
            int optionEnd = Ascii.skipToken(in, option, to);
            if (Ascii.sameIgnoringCase(in, option, optionEnd, "auth")) {
                return true;
            }
            at = Math.max(optionEnd, option + 1);
        }
        return false;
    }
}
