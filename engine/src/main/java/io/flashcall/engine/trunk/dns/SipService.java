package io.flashcall.engine.trunk.dns;

import io.flashcall.engine.SipTransport;
import java.util.Locale;
import java.util.Optional;

/// The names that RFC 3263 §4.1 gives to SIP in DNS.
final class SipService {

    private SipService() {}

    /// Whether a NAPTR record is about SIP, by a transport of ours or another (RFC 4168, RFC 7118): the same
    /// name may carry those of ENUM or XMPP.
    static boolean isSip(NaptrRecord record) {
        String service = record.service().toUpperCase(Locale.ROOT);
        return service.startsWith("SIP+D2") || service.startsWith("SIPS+D2");
    }

    /// The transport that a NAPTR record leads to, if it is one of ours and an SRV record is next.
    static Optional<SipTransport> transport(NaptrRecord record) {
        boolean leadsToSrv = record.flags().equalsIgnoreCase("s")
                && record.regexp().isEmpty()
                && !record.replacement().equals(".");
        if (!leadsToSrv) {
            return Optional.empty();
        }
        return switch (record.service().toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(SipTransport.UDP);
            case "SIP+D2T" -> Optional.of(SipTransport.TCP);
            case "SIPS+D2T" -> Optional.of(SipTransport.TLS);
            default -> Optional.empty();
        };
    }

    /// Under which name a host's SRV records for a transport stand.
    static String srvName(SipTransport transport, String host) {
        return switch (transport) {
                    case UDP -> "_sip._udp.";
                    case TCP -> "_sip._tcp.";
                    case TLS -> "_sips._tcp.";
                }
                + host;
    }
}
