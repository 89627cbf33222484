package io.flashcall.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a carrier wants to be spoken to, where that differs from the usual.
///
/// @param reliability whether provisional responses may, or must, be reliable (RFC 3262)
/// @param routes      hosts that each INVITE is to pass before the target, the first hop first: URIs of loose routers
///                    such as `sip:edge.carrier.example;lr` (RFC 3261 §8.1.1.1); they do not change where it is sent
/// @param headers     further header lines of each INVITE: `Name: value`, of headers that the engine does not write
/// @param domain      `host` or `host:port` of the Request-URI and of To; empty: the target's. Where the target is an
///                    outbound proxy on the way to the carrier (RFC 3261 §8.1.2), it is the carrier's
public record SignallingConfig(Reliability reliability, List<String> routes, List<String> headers, String domain) {

    /// We do not speak of 100rel, and add nothing.
    public static final SignallingConfig STANDARD = new SignallingConfig(Reliability.OFF, List.of(), List.of());

    /// Of a carrier whose domain is the target's.
    public SignallingConfig(Reliability reliability, List<String> routes, List<String> headers) {
        this(reliability, routes, headers, "");
    }

    private static final int MOST_LINES = 16;
    private static final Pattern ROUTE = Pattern.compile("sips?:[A-Za-z0-9._~%+;=:\\[\\]@-]{1,250};lr");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}: [ -~]{0,500}");

    /// The modes of RFC 3262. Whatever the mode, a reliable response is acknowledged.
    public enum Reliability {
        /// Nothing is said.
        OFF,
        /// `Supported: 100rel`.
        SUPPORTED,
        /// `Require: 100rel`.
        REQUIRED
    }

    public SignallingConfig {
        routes = List.copyOf(routes);
        headers = List.copyOf(headers);
        var problems = new Problems("")
                .check(routes.size() <= MOST_LINES, "routes", routes.size() + " routes", "at most " + MOST_LINES)
                .check(headers.size() <= MOST_LINES, "headers", headers.size() + " lines", "at most " + MOST_LINES);
        problems.check(
                domain.isEmpty() || WireHost.isHostAndPort(domain),
                "domain",
                shown(domain),
                "HOST or HOST:PORT, IPv6 in brackets, or nothing");
        for (var route : routes) {
            problems.check(
                    ROUTE.matcher(route).matches(), "routes", shown(route), "the URI of a loose router: sip:host;lr");
        }
        for (var header : headers) {
            problems.check(
                    HEADER.matcher(header).matches() && !OwnHeaders.contains(nameOf(header)),
                    "headers",
                    shown(header),
                    "Name: value in printable ASCII, of a header that the engine does not write itself");
        }
        problems.throwIfAny();
    }

    /// Lower-case names of the further headers.
    List<String> headerNames() {
        return headers.stream()
                .map(header -> nameOf(header).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String nameOf(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }

    private static String shown(String text) {
        return E164.mask(text);
    }
}
