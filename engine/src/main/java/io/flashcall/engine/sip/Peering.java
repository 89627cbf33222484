package io.flashcall.engine.sip;

import java.util.List;

/// What one carrier wants in our requests besides numbers and offer.
///
/// @param transport  `UDP`, `TCP` or `TLS`, as Via has it
/// @param reliable   whether provisional responses may, or must, be reliable (RFC 3262)
/// @param routes     Route values that each INVITE begins with (RFC 3261 §8.1.1.1), first hop first:
/// `<sip:host;lr>`
/// @param lines      further header lines of the INVITE: `Name: value`
/// @param overload   whether Via says that we heed overload control (RFC 7339 §4.1)
public record Peering(String transport, Reliable reliable, List<String> routes, List<String> lines, boolean overload) {

    /// UDP, and nothing more.
    public static final Peering UDP = new Peering("UDP", Reliable.OFF, List.of(), List.of());

    /// RFC 3262's three ways.
    public enum Reliable {
        /// We do not speak of it.
        OFF,
        /// `Supported: 100rel`.
        SUPPORTED,
        /// `Require: 100rel`.
        REQUIRED
    }

    /// Validates.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public Peering {
        if (!List.of("UDP", "TCP", "TLS").contains(transport)) {
            throw WireText.rejected("transport", transport, "UDP, TCP or TLS");
        }
        routes = List.copyOf(routes);
        lines = List.copyOf(lines);
        routes.forEach(route -> WireText.route("route", route));
        lines.forEach(line -> WireText.headerLine("header", line));
    }

    /// Without overload control.
    public Peering(String transport, Reliable reliable, List<String> routes, List<String> lines) {
        this(transport, reliable, routes, lines, false);
    }

    String viaMore() {
        return (transport.equals("UDP") ? "" : ";alias") + (overload ? ";oc;oc-algo=\"loss\"" : "");
    }

    String contactMore() {
        return switch (transport) {
            case "TCP" -> ";transport=tcp";
            case "TLS" -> ";transport=tls";
            default -> "";
        };
    }

    String extensions() {
        return switch (reliable) {
            case OFF -> "";
            case SUPPORTED -> "Supported: 100rel\r\n";
            case REQUIRED -> "Require: 100rel\r\n";
        };
    }

    String preloaded() {
        var text = new StringBuilder();
        routes.forEach(route -> text.append("Route: ").append(route).append("\r\n"));
        return text.toString();
    }

    String moreLines() {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append("\r\n"));
        return text.toString();
    }
}
