package io.flashcall.engine.transport;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// The SIP domains that a certificate stands for (RFC 5922 §7.1): its URIs `sip:domain`; where there is none,
/// its DNS names; where there is no subjectAltName at all, its common name. Apart from those, its IP
/// addresses.
final class SipIdentities {

    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP_ADDRESS = 7;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_-]+)*");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final List<String> domains;
    private final List<InetAddress> addresses;

    private SipIdentities(List<String> domains, List<InetAddress> addresses) {
        this.domains = domains;
        this.addresses = addresses;
    }

    /// @throws CertificateParsingException if the subjectAltName cannot be read
    static SipIdentities of(X509Certificate certificate) throws CertificateParsingException {
        var names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return new SipIdentities(commonName(certificate).map(List::of).orElse(List.of()), List.of());
        }
        var uris = new ArrayList<String>();
        for (String uri : values(names, URI)) {
            sipDomain(uri).ifPresent(uris::add);
        }
        var domains = uris.isEmpty()
                ? values(names, DNS).stream().map(SipIdentities::canonical).toList()
                : uris;
        var addresses = values(names, IP_ADDRESS).stream()
                .flatMap(text -> address(text).stream())
                .toList();
        return new SipIdentities(domains, addresses);
    }

    /// Whether one of the identities is exactly `domain`, in letters of either case. An IP address is sought
    /// among the certificate's addresses alone.
    ///
    /// @param domain        a name, or an IP address (IPv6 in brackets or not)
    /// @param allowWildcard whether `*.` ahead of at least two labels stands for any one label
    boolean include(String domain, boolean allowWildcard) {
        var address = address(domain);
        if (address.isPresent()) {
            return addresses.contains(address.get());
        }
        String wanted = canonical(domain);
        String pattern = wanted.indexOf('.') < 0 ? "" : "*" + wanted.substring(wanted.indexOf('.'));
        boolean mayMatchPattern = allowWildcard && pattern.indexOf('.', 2) > 0;
        return domains.contains(wanted) || (mayMatchPattern && domains.contains(pattern));
    }

    /// The address that a literal spells; empty for a name.
    static Optional<InetAddress> address(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        if (literal.indexOf(':') < 0 && !IPV4.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// For a person.
    @Override
    public String toString() {
        var all = new ArrayList<>(domains);
        addresses.forEach(address -> all.add(address.getHostAddress()));
        return all.isEmpty() ? "no SIP domain" : String.join(", ", all);
    }

    private static List<String> values(Collection<List<?>> names, int type) {
        return names.stream()
                .filter(name -> name.get(0).equals(type))
                .map(name -> name.get(1).toString())
                .toList();
    }

    /// The host of a SIP URI without a user: one with a user stands for a person, one of another scheme for
    /// something else. Ports and parameters mean nothing here.
    private static Optional<String> sipDomain(String uri) {
        boolean isSip = uri.regionMatches(true, 0, "sip:", 0, 4);
        if (!isSip || uri.indexOf('@') >= 0) {
            return Optional.empty();
        }
        String host = canonical(uri.substring(4).split("[:;?]", 2)[0]);
        return NAME.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            var parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            return parts.reversed().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> canonical(part.getValue().toString()))
                    .filter(name -> NAME.matcher(name).matches())
                    .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
