package io.flashcall.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// Hosts of the configuration that will stand in messages: what is accepted here can be written there.
final class WireHost {

    private static final int LONGEST = 253;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*\\.?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private WireHost() {}

    /// Whether `text` is a name or an address that is not a wildcard, IPv6 in brackets.
    static boolean isHost(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        if (text.startsWith("[")) {
            return IPV6.matcher(text).matches() && isReachable(text.substring(1, text.length() - 1));
        }
        return NUMERIC.matcher(text).matches()
                ? IPV4.matcher(text).matches() && isReachable(text)
                : NAME.matcher(text).matches();
    }

    /// The same, with a port behind it or without.
    static boolean isHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon < text.lastIndexOf(']')) {
            return isHost(text);
        }
        String port = text.substring(colon + 1);
        return isHost(text.substring(0, colon))
                && PORT.matcher(port).matches()
                && Integer.parseInt(port) >= 1
                && Integer.parseInt(port) <= LAST_PORT;
    }

    private static boolean isReachable(String literal) {
        try {
            var address = literal.indexOf(':') < 0 ? InetAddress.ofLiteral(literal) : Inet6Address.ofLiteral(literal);
            return !address.isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
