package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.transport.TestAuthority.Claims;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 5922 §7.1 and §7.2, row by row.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SipIdentitiesTest {

    private static TestAuthority authority;

    @BeforeAll
    static void found() throws Exception {
        authority = TestAuthority.root("names");
    }

    /// Names are `type:value`, separated by spaces; `-` stands for no subjectAltName.
    @ParameterizedTest(name = "{0}; {1} matches {2}: {3}")
    @CsvSource({
        "x, uri:sip:carrier.example, carrier.example, true",
        "x, uri:sip:carrier.example, CARRIER.example, true",
        "x, uri:SIP:Carrier.Example, carrier.example, true",
        "x, uri:sip:carrier.example, carrier.example., true",
        "x, uri:sip:carrier.example:5061;transport=tls, carrier.example, true",
        "x, uri:sip:carrier.example, sip.carrier.example, false",
        "x, uri:sip:sip.carrier.example, carrier.example, false",
        "x, uri:sip:carrier.example, carrier.example.org, false",
        "x, uri:sip:a.example uri:sip:b.example, b.example, true",
        "x, uri:sip:user@carrier.example, carrier.example, false",
        "x, uri:sips:carrier.example, carrier.example, false",
        "x, uri:https://carrier.example, carrier.example, false",
        "x, dns:carrier.example, carrier.example, true",
        "x, dns:Carrier.Example, carrier.example, true",
        "x, dns:carrier.example, sip.carrier.example, false",
        "x, dns:*.carrier.example, sip.carrier.example, false",
        "x, uri:sip:a.example dns:b.example, b.example, false",
        "x, uri:sip:a.example dns:b.example, a.example, true",
        "x, uri:sips:a.example dns:b.example, b.example, true",
        "x, uri:sip:u@a.example dns:b.example, b.example, true",
        "x, email:a@carrier.example, carrier.example, false",
        "carrier.example, -, carrier.example, true",
        "Carrier.Example, -, carrier.example, true",
        "A Carrier, -, a carrier, false",
        "carrier.example, dns:b.example, carrier.example, false",
        "carrier.example, email:a@b.example, carrier.example, false",
        "x, ip:192.0.2.1, 192.0.2.1, true",
        "x, ip:192.0.2.1, 192.0.2.2, false",
        "x, ip:2001:db8::1, [2001:db8::1], true",
        "x, ip:2001:db8::1, 2001:DB8:0:0::1, true",
        "x, dns:192.0.2.1, 192.0.2.1, false",
        "x, uri:sip:192.0.2.1, 192.0.2.1, false",
        "192.0.2.1, -, 192.0.2.1, false",
        "x, ip:192.0.2.1 uri:sip:carrier.example, 192.0.2.1, true",
        "x, ip:192.0.2.1, carrier.example, false",
    })
    void an_identity_matches_exactly_or_not_at_all(String commonName, String names, String domain, boolean matches)
            throws Exception {
        assertThat(identities(commonName, names).include(domain, false)).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "dns:*.carrier.example, sip.carrier.example, true",
        "dns:*.Carrier.example, SIP.carrier.example, true",
        "dns:*.carrier.example, carrier.example, false",
        "dns:*.carrier.example, a.sip.carrier.example, false",
        "dns:*.example, carrier.example, false",
        "dns:s*.carrier.example, sip.carrier.example, false",
        "dns:*, carrier, false",
        "uri:sip:*.carrier.example, sip.carrier.example, false",
        "dns:carrier.example, carrier.example, true",
    })
    void where_wildcards_are_allowed_they_stand_for_one_label(String names, String domain, boolean matches)
            throws Exception {
        assertThat(identities("x", names).include(domain, true)).isEqualTo(matches);
    }

    @Test
    void the_most_specific_common_name_counts() throws Exception {
        var claims = Claims.of().subject("CN=specific.example, CN=general.example, O=Carrier");
        var identities = SipIdentities.of(authority.certify(claims).certificate());
        assertThat(identities.include("specific.example", false)).isTrue();
        assertThat(identities.include("general.example", false)).isFalse();
    }

    @Test
    void a_person_reads_whom_a_certificate_is_for() throws Exception {
        assertThat(identities("x", "uri:sip:a.example ip:192.0.2.1")).hasToString("a.example, 192.0.2.1");
        assertThat(identities("x", "email:a@b.example")).hasToString("no SIP domain");
    }

    private static SipIdentities identities(String commonName, String names) throws Exception {
        var all = names.equals("-")
                ? new GeneralName[0]
                : Stream.of(names.split(" ")).map(SipIdentitiesTest::name).toArray(GeneralName[]::new);
        var claims = Claims.of(all).subject("CN=" + commonName);
        return SipIdentities.of(authority.certify(claims).certificate());
    }

    private static GeneralName name(String text) {
        String value = text.substring(text.indexOf(':') + 1);
        return switch (text.substring(0, text.indexOf(':'))) {
            case "uri" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
            case "dns" -> new GeneralName(GeneralName.dNSName, value);
            case "ip" -> new GeneralName(GeneralName.iPAddress, value);
            case "email" -> new GeneralName(GeneralName.rfc822Name, value);
            default -> throw new IllegalArgumentException(text);
        };
    }
}
