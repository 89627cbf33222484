package io.flashcall.server.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses as people write them: `192.0.2.1:5060`, `[2001:db8::1]:5060`, `localhost:5060`. No name is looked up.
public final class Addresses {

    /// The port of SIP over UDP (RFC 3261 §18.1.1).
    public static final int SIP_PORT = 5060;

    static final String EXPECTED = "an IP address or localhost, with or without :PORT, IPv6 in brackets";
    static final String TARGET_EXPECTED = "HOST:PORT, an IP address or localhost, IPv6 in brackets";

    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]*)]|([^:\\[\\]]*))(?::(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final String TRANSPORT = ";transport=";
    private static final int LAST_PORT = 65_535;

    private Addresses() {}

    /// @param defaultPort used when `text` names none
    /// @throws BadValueException when `text` is not an address
    public static InetSocketAddress parse(String text, int defaultPort) {
        return parse(text, text, defaultPort, EXPECTED);
    }

    /// Where a trunk's requests go: an address, then perhaps `;transport=udp`. The port is 5060 when `text` names none.
    ///
    /// @throws BadValueException when `text` is not an address, or asks for a transport other than UDP
    public static InetSocketAddress parseTarget(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int end = lower.indexOf(';');
        if (end < 0) {
            return parse(text, text, SIP_PORT, TARGET_EXPECTED);
        }
        var parameter = lower.substring(end);
        if (!parameter.equals(TRANSPORT + "udp")) {
            throw new BadValueException(
                    text,
                    parameter.startsWith(TRANSPORT)
                            ? "transport=udp; other transports cannot be used yet"
                            : TARGET_EXPECTED + "; the one parameter is ;transport=udp");
        }
        return parse(text, text.substring(0, end), SIP_PORT, TARGET_EXPECTED);
    }

    /// The notation that [#parse] reads.
    public static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
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
