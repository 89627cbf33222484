package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a registrar says in its answer to a REGISTER (RFC 3261 §10.3, RFC 3608). Not for the hot path.
public final class RegisterAnswer {

    /// Seconds beyond which it makes no difference how long a registration holds: a day.
    public static final int MOST_SECONDS = 86_400;

    /// Service-Route values that a trunk's INVITEs may carry.
    public static final int MOST_ROUTES = 8;

    private static final Pattern ROUTE = Pattern.compile("(?i)sips?:[A-Z0-9._~%+;=:\\[\\]@-]{1,250}");
    private static final Pattern LOOSE = Pattern.compile("(?i)[^@]*;lr(?:[;=][^@]*)?");

    private RegisterAnswer() {}

    /// How long our contact is bound: what the 2xx says of it, else its Expires.
    ///
    /// @param contact `sip:user@host:port`; parameters of the URI do not count, since registrars add some
    /// @return seconds, at most [#MOST_SECONDS]; -1 when nothing is said
    public static int grantedSeconds(ResponseView response, String contact) {
        var head = response.head();
        byte[] in = response.bytes();
        var name = new NameAddr();
        String wanted = contact.toLowerCase(Locale.ROOT);
        var headers = head.headers;
        for (int i = headers.first(Header.CONTACT); i >= 0; i = headers.next(Header.CONTACT, i)) {
            int end = headers.end(i);
            for (int at = headers.start(i); at < end && name.read(in, at, end); at = name.end() + 1) {
                if (isSame(in, name.uriStart(), name.uriEnd(), wanted)) {
                    int own = expires(in, name);
                    return own < 0 ? seconds(response, Header.EXPIRES) : own;
                }
            }
        }
        return seconds(response, Header.EXPIRES);
    }

    private static boolean isSame(byte[] in, int from, int to, String wanted) {
        int after = from + wanted.length();
        return Ascii.startsWith(in, from, to, wanted) && (after == to || in[after] == ';' || in[after] == '?');
    }

    private static int expires(byte[] in, NameAddr value) {
        var params = new Params().wrap(in, value.paramsStart(), value.end());
        return params.find("expires") ? seconds(in, params.valueStart(), params.valueEnd()) : -1;
    }

    /// The shortest time that the registrar of a 423 takes (RFC 3261 §20.23), at most [#MOST_SECONDS]; -1 when it
    /// says none.
    public static int minExpiresSeconds(ResponseView response) {
        return seconds(response, Header.MIN_EXPIRES);
    }

    private static int seconds(ResponseView response, Header header) {
        var head = response.head();
        return seconds(response.bytes(), head.start(header), head.end(header));
    }

    private static int seconds(byte[] in, int from, int to) {
        boolean isNumber = to > from && Ascii.skipDigits(in, from, to) == to;
        long value = Ascii.number(in, from, to, MOST_SECONDS);
        return isNumber && value < 0 ? MOST_SECONDS : (int) value;
    }

    /// The routes that requests are to take (RFC 3608 §6.1), in their order, each in angle brackets; the list may be
    /// empty.
    ///
    /// @return nothing when one of them is no URI of a loose router, or there are more than [#MOST_ROUTES]
    public static Optional<List<String>> serviceRoute(ResponseView response) {
        byte[] in = response.bytes();
        var headers = response.head().headers;
        var name = new NameAddr();
        var routes = new ArrayList<String>();
        for (int i = headers.first(Header.SERVICE_ROUTE); i >= 0; i = headers.next(Header.SERVICE_ROUTE, i)) {
            int end = headers.end(i);
            for (int at = headers.start(i); at < end; at = name.end() + 1) {
                String text = name.read(in, at, end) ? text(in, name.uriStart(), name.uriEnd()) : "";
                if (!isRoute(text) || routes.size() == MOST_ROUTES) {
                    return Optional.empty();
                }
                routes.add("<" + text + ">");
            }
        }
        return Optional.of(routes);
    }

    private static boolean isRoute(String uri) {
        boolean loose = LOOSE.matcher(uri.substring(uri.lastIndexOf('@') + 1)).matches();
        return loose && ROUTE.matcher(uri).matches();
    }

    private static String text(byte[] in, int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
