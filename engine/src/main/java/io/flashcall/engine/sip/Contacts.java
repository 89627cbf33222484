package io.flashcall.engine.sip;

/// Walks over the Contacts of a redirection (RFC 3261 §8.1.3.4, §20.10), in their order.
///
/// Reusable: `wrap`, then `next` until it says no. A Contact is usable only if its URI may stand in a request line as
/// it is: of scheme `sip` or `sips`, at most `LONGEST_URI` bytes, each of them one that a URI holds without quotes; no
/// escaped control characters, no headers, no `method`, no `maddr` (which would lead to another host than it names).
public final class Contacts {

    /// Bytes of a URI that is followed.
    public static final int LONGEST_URI = 200;

    /// Preference of a Contact without `q`.
    public static final int HIGHEST_Q = 1000;

    private static final String MARKS = "-_.!~*'();/:@&=+$,[]";

    private final NameAddr value = new NameAddr();
    private final SipUri uri = new SipUri();
    private final Params params = new Params();
    private MessageHead head = new MessageHead();
    private int entry = -1;
    private int at;
    private boolean usable;
    private boolean secure;

    public Contacts() {}

    /// Starts before the first Contact.
    public Contacts wrap(ResponseView response) {
        head = response.head();
        enter(head.headers.first(Header.CONTACT));
        return this;
    }

    private void enter(int next) {
        entry = next;
        at = next < 0 ? 0 : head.headers.start(next);
    }

    /// Moves to the next Contact.
    public boolean next() {
        while (entry >= 0) {
            int end = head.headers.end(entry);
            if (at < end) {
                read(head.bytes(), end);
                at = value.end() + 1;
                return true;
            }
            enter(head.headers.next(Header.CONTACT, entry));
        }
        return false;
    }

    private void read(byte[] in, int end) {
        usable = false;
        if (!value.read(in, at, end) || !isPlain(in, value.uriStart(), value.uriEnd())) {
            return;
        }
        secure = uri.readSecure(in, value.uriStart(), value.uriEnd());
        boolean known = secure || uri.read(in, value.uriStart(), value.uriEnd());
        usable = known && !uri.find("method") && !uri.find("maddr");
    }

    private static boolean isPlain(byte[] in, int from, int to) {
        boolean plain = to - from <= LONGEST_URI;
        for (int i = from; plain && i < to; i++) {
            byte b = in[i];
            if (b == '%') {
                plain = isHarmlessEscape(in, i, to);
            } else {
                plain = isLetterOrDigit(b) || MARKS.indexOf(b) >= 0;
            }
        }
        return plain;
    }

    /// Whoever decodes it further on finds no line end there.
    private static boolean isHarmlessEscape(byte[] in, int percent, int to) {
        if (to - percent < 3) {
            return false;
        }
        int high = Ascii.hexDigit(in[percent + 1]);
        int low = Ascii.hexDigit(in[percent + 2]);
        int decoded = high << 4 | low;
        return high >= 0 && low >= 0 && decoded >= ' ' && decoded != 0x7f;
    }

    private static boolean isLetterOrDigit(byte b) {
        int lower = Ascii.lower(b);
        return Ascii.isDigit(b) || (lower >= 'a' && lower <= 'z');
    }

    /// Whether its URI may be a Request-URI of ours; only then the rest means something.
    public boolean isUsable() {
        return usable;
    }

    /// `q` in thousandths; without one the highest, as in RFC 2543; 0 if it is no number.
    public int q() {
        byte[] in = head.bytes();
        params.wrap(in, value.paramsStart(), value.end());
        return params.find("q") ? thousandths(in, params.valueStart(), params.valueEnd()) : HIGHEST_Q;
    }

    /// `0`, `0.5`, `1.000`: at most three decimals (RFC 3261 §25.1, qvalue).
    private static int thousandths(byte[] in, int from, int to) {
        int whole = to > from ? in[from] - '0' : -1;
        if (whole < 0 || whole > 1 || (to - from > 1 && in[from + 1] != '.') || to - from > 5) {
            return 0;
        }
        int decimals = 0;
        int digits = 0;
        for (int i = from + 2; i < to; i++, digits++) {
            if (!Ascii.isDigit(in[i])) {
                return 0;
            }
            decimals = decimals * 10 + in[i] - '0';
        }
        for (; digits < 3; digits++) {
            decimals *= 10;
        }
        return Math.min(HIGHEST_Q, whole * HIGHEST_Q + decimals);
    }

    /// Whether its host is that name, in letters of either case.
    public boolean isAt(String lowerCaseName) {
        return !lowerCaseName.isEmpty()
                && Ascii.sameIgnoringCase(head.bytes(), uri.hostStart(), uri.hostEnd(), lowerCaseName);
    }

    /// -1 if none is written.
    public int port() {
        return uri.port();
    }

    /// Puts address and port into `out`, the usual port if none is written; false if the host is a name.
    public boolean address(HostPort out) {
        boolean found = uri.address(out);
        if (found && uri.port() < 0 && allows("tls")) {
            out.port = Via.DEFAULT_PORT + 1;
        }
        return found;
    }

    /// Whether it names that transport, `udp`, `tcp` or `tls`; `sips` means the last.
    public boolean allows(String transport) {
        if (secure) {
            return transport.equals("tls");
        }
        return namesTransport() ? uri.valueIs(transport) : transport.equals("udp");
    }

    /// Whether it says which; a name that does not leaves that to DNS (RFC 3263 §4.1).
    public boolean namesTransport() {
        return secure || uri.find("transport");
    }

    /// Tells its URI from others, as text.
    public long hash() {
        return Hash.finish(Hash.add(Hash.SEED, head.bytes(), value.uriStart(), value.uriEnd()));
    }

    /// Writes its URI down.
    public void copyTo(TargetUri out) {
        out.set(head.bytes(), value.uriStart(), value.uriEnd());
    }
}
