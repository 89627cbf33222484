package io.flashcall.engine;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where a carrier is, as its URI says it: a host, perhaps a port, perhaps a transport. What is left out is found by
/// RFC 3263: NAPTR and SRV records where there is no port, UDP where there is no record.
///
/// @param host      an IP address (IPv6 in brackets) or a name
/// @param port      1 to 65535, or none
/// @param transport or none
public record SipTarget(String host, OptionalInt port, Optional<SipTransport> transport) {

    private static final int LAST_PORT = 65_535;
    /// What [#parse] reads, for messages.
    public static final String EXPECTED =
            "host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls";
    private static final Pattern FORM =
            Pattern.compile("(?:sip:)?(\\[[^]]*]|[^:;\\[\\]]*)(?::([0-9]{1,5}))?(?:;(?i:transport)=([A-Za-z]+))?");

    public SipTarget {
        boolean portIsGood = port.isEmpty() || (port.getAsInt() >= 1 && port.getAsInt() <= LAST_PORT);
        if (!WireHost.isHost(host) || !portIsGood) {
            throw new IllegalArgumentException(
                    "target: " + text(host, port, transport) + " (expected: " + EXPECTED + ")");
        }
    }

    /// Reads `sip.carrier.example`, `192.0.2.1:5060`, `[2001:db8::1];transport=tcp`,
    /// `sip:carrier.example:5061;transport=tls`.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static SipTarget parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("target: " + text + " (expected: " + EXPECTED + ")");
        }
        var port = match.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(match.group(2)));
        return new SipTarget(match.group(1), port, transport(text, match.group(3)));
    }

    private static Optional<SipTransport> transport(String text, String name) {
        if (name == null) {
            return Optional.empty();
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "udp" -> Optional.of(SipTransport.UDP);
            case "tcp" -> Optional.of(SipTransport.TCP);
            case "tls" -> Optional.of(SipTransport.TLS);
            default -> throw new IllegalArgumentException("target: " + text + " (expected: " + EXPECTED + ")");
        };
    }

    /// Whether the host is an IP address, which no lookup is needed for.
    public boolean isAddress() {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    /// Whether it is this machine itself, as far as the host tells: `localhost`, 127.x.x.x or `[::1]`.
    public boolean isLoopback() {
        if (host.equals("localhost")) {
            return true;
        }
        return isAddress()
                && InetAddress.ofLiteral(host.replace("[", "").replace("]", "")).isLoopbackAddress();
    }

    /// `host` or `host:port`, as a Request-URI has it.
    public String hostAndPort() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }

    @Override
    public String toString() {
        return text(host, port, transport);
    }

    private static String text(String host, OptionalInt port, Optional<SipTransport> transport) {
        return host
                + (port.isPresent() ? ":" + port.getAsInt() : "")
                + transport.map(t -> ";transport=" + t.parameter()).orElse("");
    }
}
