package io.flashcall.server.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses as people write them: `192.0.2.1:5060`, `[2001:db8::1]:5060`, `localhost:5060`. No name is looked up.
public final class Addresses {

    static final String EXPECTED = "an IP address or localhost, with or without :PORT, IPv6 in brackets";

    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]*)]|([^:\\[\\]]*))(?::(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final int LAST_PORT = 65_535;

    private Addresses() {}

    /// @param defaultPort used when `text` names none
    /// @throws BadValueException when `text` is not an address
    public static InetSocketAddress parse(String text, int defaultPort) {
        return parse(text, text, defaultPort, EXPECTED);
    }

    /// The notation that [#parse] reads, IPv6 as RFC 5952 writes it: `[2001:db8::1]:5060`.
    public static String text(InetSocketAddress address) {
        var host = address.getAddress() instanceof Inet6Address six
                ? "[" + shortened(six) + "]"
                : address.getAddress().getHostAddress();
        return host + ":" + address.getPort();
    }

    /// The longest run of two or more zero groups, and the first of several as long, becomes `::` (RFC 5952 §4.2).
    private static String shortened(Inet6Address address) {
        var whole = address.getHostAddress();
        int scope = whole.indexOf('%');
        var groups = List.of((scope < 0 ? whole : whole.substring(0, scope)).split(":"));
        int start = 0;
        int length = 1;
        for (int from = 0; from < groups.size(); from++) {
            int run = zeros(groups, from);
            if (run > length) {
                start = from;
                length = run;
            }
        }
        var text = length == 1
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start))
                        + "::"
                        + String.join(":", groups.subList(start + length, groups.size()));
        return scope < 0 ? text : text + whole.substring(scope);
    }

    private static int zeros(List<String> groups, int from) {
        int to = from;
        while (to < groups.size() && groups.get(to).equals("0")) {
            to++;
        }
        return to - from;
    }

    /// Reads an IP literal without brackets. Unlike the JDK's own reading, IPv4 has four parts: `10` is no address.
    static InetAddress literal(String text) {
        if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
            throw new BadValueException(text, "an IP address");
        }
        return InetAddress.ofLiteral(text);
    }

    private static InetSocketAddress parse(String whole, String text, int defaultPort, String expected) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new BadValueException(whole, expected);
        }
        int port = form.group(3) == null ? defaultPort : Integer.parseInt(form.group(3));
        if (port > LAST_PORT) {
            throw new BadValueException(whole, "a port up to " + LAST_PORT);
        }
        try {
            return new InetSocketAddress(host(form.group(1), form.group(2)), port);
        } catch (IllegalArgumentException e) {
            throw new BadValueException(whole, expected);
        }
    }

    private static InetAddress host(@Nullable String bracketed, String bare) {
        if (bracketed != null) {
            if (bracketed.indexOf(':') < 0) {
                throw new IllegalArgumentException("brackets are for IPv6");
            }
            return literal(bracketed);
        }
        return bare.equalsIgnoreCase("localhost") ? literal("127.0.0.1") : literal(bare);
    }
}
