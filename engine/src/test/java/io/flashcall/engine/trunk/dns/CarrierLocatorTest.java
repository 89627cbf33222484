package io.flashcall.engine.trunk.dns;

import static io.flashcall.engine.SipTransport.TCP;
import static io.flashcall.engine.SipTransport.TLS;
import static io.flashcall.engine.SipTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// RFC 3263 §4, rule by rule.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierLocatorTest {

    private final TableDns dns = new TableDns();

    // §4.1 and §4.2: a numeric address, a port, a transport.

    @Test
    void an_address_needs_no_look_up() {
        assertThat(found("192.0.2.1", UDP)).containsExactly("192.0.2.1:5060;transport=udp 0 1");
        assertThat(found("192.0.2.1:5080", UDP, TCP)).containsExactly("192.0.2.1:5080;transport=udp 0 1");
        assertThat(found("192.0.2.1;transport=tls", UDP, TLS)).containsExactly("192.0.2.1:5061;transport=tls 0 1");
        assertThat(found("[2001:db8::1]", TCP)).containsExactly("[2001:db8::1]:5060;transport=tcp 0 1");
        assertThat(located("192.0.2.1", UDP).timeToLive()).isEqualTo(Duration.ofHours(1));
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void a_port_means_addresses_alone() {
        dns.a("carrier.example", 300, "192.0.2.1", "192.0.2.2").aaaa("carrier.example", 60, "2001:db8::1");
        assertThat(found("carrier.example:5080", UDP))
                .containsExactly(
                        "carrier.example ([2001:db8::1]:5080;transport=udp) 0 1",
                        "carrier.example (192.0.2.1:5080;transport=udp) 0 1",
                        "carrier.example (192.0.2.2:5080;transport=udp) 0 1");
        assertThat(dns.asked()).containsExactly("A carrier.example", "AAAA carrier.example");
    }

    @Test
    void a_transport_means_the_SRV_records_of_that_one() {
        dns.srv("_sips._tcp.carrier.example", 60, new SrvRecord(10, 5, 5071, "sip1.carrier.example"))
                .a("sip1.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example;transport=tls", UDP, TCP, TLS))
                .containsExactly("sip1.carrier.example (192.0.2.1:5071;transport=tls) 10 5");
        assertThat(dns.asked())
                .containsExactly(
                        "A sip1.carrier.example", "AAAA sip1.carrier.example", "SRV _sips._tcp.carrier.example");
    }

    @Test
    void a_transport_without_SRV_records_means_its_own_port_at_the_host() {
        dns.a("carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example;transport=tls", TLS))
                .containsExactly("carrier.example (192.0.2.1:5061;transport=tls) 0 1");
        assertThat(found("carrier.example;transport=tcp", TCP))
                .containsExactly("carrier.example (192.0.2.1:5060;transport=tcp) 0 1");
        assertThat(dns.asked())
                .contains("SRV _sips._tcp.carrier.example", "SRV _sip._tcp.carrier.example")
                .doesNotContain("NAPTR carrier.example");
    }

    @Test
    void a_transport_that_the_trunk_does_not_allow_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> locate("carrier.example;transport=tls", UDP, TCP))
                .withMessageContaining("carrier.example;transport=tls (expected: a transport that the trunk allows");
    }

    // §4.1: NAPTR. The records are those of the RFC's example.

    private void exampleOfTheRfc() {
        dns.naptr(
                        "example.com",
                        300,
                        new NaptrRecord(100, 50, "s", "SIP+D2U", "", "_sip._udp.example.com"),
                        new NaptrRecord(50, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.com"),
                        new NaptrRecord(90, 50, "s", "SIP+D2T", "", "_sip._tcp.example.com"))
                .srv("_sips._tcp.example.com", 300, new SrvRecord(0, 1, 5061, "server1.example.com"))
                .srv(
                        "_sip._tcp.example.com",
                        300,
                        new SrvRecord(0, 1, 5060, "server1.example.com"),
                        new SrvRecord(0, 2, 5060, "server2.example.com"))
                .srv("_sip._udp.example.com", 300, new SrvRecord(0, 1, 5060, "server1.example.com"))
                .a("server1.example.com", 300, "192.0.2.1")
                .a("server2.example.com", 300, "192.0.2.2");
    }

    @Test
    void a_client_of_TCP_and_UDP_takes_TCP_as_in_the_example_of_the_RFC() {
        exampleOfTheRfc();
        assertThat(found("example.com", UDP, TCP))
                .containsExactly(
                        "server2.example.com (192.0.2.2:5060;transport=tcp) 0 2",
                        "server1.example.com (192.0.2.1:5060;transport=tcp) 0 1");
        assertThat(dns.asked())
                .contains("NAPTR example.com", "SRV _sip._tcp.example.com")
                .doesNotContain("SRV _sip._udp.example.com", "SRV _sips._tcp.example.com");
    }

    @Test
    void the_lowest_order_that_the_trunk_allows_is_taken() {
        exampleOfTheRfc();
        assertThat(found("example.com", UDP, TCP, TLS))
                .containsExactly("server1.example.com (192.0.2.1:5061;transport=tls) 0 1");
        assertThat(found("example.com", UDP)).containsExactly("server1.example.com (192.0.2.1:5060;transport=udp) 0 1");
    }

    @Test
    void preferences_of_one_order_follow_each_other_whatever_their_SRV_priorities() {
        dns.naptr(
                        "carrier.example",
                        60,
                        new NaptrRecord(10, 20, "S", "sip+d2u", "", "u.carrier.example"),
                        new NaptrRecord(10, 10, "s", "SIP+D2T", "", "t.carrier.example"))
                .srv("u.carrier.example", 60, new SrvRecord(1, 7, 5060, "sip1.carrier.example"))
                .srv("t.carrier.example", 60, new SrvRecord(9, 8, 5060, "sip1.carrier.example"))
                .a("sip1.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", UDP, TCP))
                .containsExactly(
                        "sip1.carrier.example (192.0.2.1:5060;transport=tcp) 9 8",
                        "sip1.carrier.example (192.0.2.1:5060;transport=udp) 65537 7");
    }

    @Test
    void services_that_are_not_ours_and_flags_that_are_not_s_are_passed_over() {
        dns.naptr(
                        "carrier.example",
                        60,
                        new NaptrRecord(1, 1, "s", "SIP+D2S", "", "_sip._sctp.carrier.example"),
                        new NaptrRecord(2, 1, "u", "SIP+D2U", "!.*!sip:a@b!", "."),
                        new NaptrRecord(3, 1, "u", "E2U+sip", "!.*!sip:a@b!", "."),
                        new NaptrRecord(4, 1, "s", "SIP+D2U", "", "_sip._udp.carrier.example"))
                .srv("_sip._udp.carrier.example", 60, new SrvRecord(0, 0, 5060, "sip1.carrier.example"))
                .a("sip1.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", UDP))
                .containsExactly("sip1.carrier.example (192.0.2.1:5060;transport=udp) 0 0");
    }

    @Test
    void a_domain_whose_NAPTR_records_offer_only_what_the_trunk_forbids_is_not_called() {
        exampleOfTheRfc();
        dns.naptr("example.com", 60, new NaptrRecord(50, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.com"));
        assertThat(locate("example.com", UDP))
                .isEqualTo(
                        new NoSuchService("example.com NAPTR: offers [SIPS+D2T] (expected: a transport that the trunk "
                                + "allows, of [UDP])"));
    }

    @Test
    void NAPTR_records_about_something_else_are_none() {
        dns.naptr("carrier.example", 60, new NaptrRecord(1, 1, "u", "E2U+sip", "!.*!sip:a@b!", "."))
                .srv("_sip._udp.carrier.example", 60, new SrvRecord(0, 0, 5060, "sip1.carrier.example"))
                .a("sip1.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", UDP)).hasSize(1);
    }

    // §4.1 and §4.2: no NAPTR.

    @Test
    void without_NAPTR_every_allowed_transport_is_asked_for_in_the_order_of_the_trunk() {
        dns.srv("_sip._udp.carrier.example", 60, new SrvRecord(10, 1, 5060, "sip1.carrier.example"))
                .srv("_sip._tcp.carrier.example", 60, new SrvRecord(20, 2, 5062, "sip1.carrier.example"))
                .a("sip1.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", TCP, UDP, TLS))
                .containsExactly(
                        "sip1.carrier.example (192.0.2.1:5062;transport=tcp) 20 2",
                        "sip1.carrier.example (192.0.2.1:5060;transport=udp) 65546 1");
        assertThat(dns.asked()).contains("SRV _sips._tcp.carrier.example");
    }

    @Test
    void without_any_record_of_services_it_is_UDP_at_the_host() {
        dns.a("carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", TCP, UDP))
                .containsExactly("carrier.example (192.0.2.1:5060;transport=udp) 0 1");
        assertThat(dns.asked())
                .containsExactly(
                        "A carrier.example",
                        "AAAA carrier.example",
                        "NAPTR carrier.example",
                        "SRV _sip._tcp.carrier.example",
                        "SRV _sip._udp.carrier.example");
    }

    @Test
    void or_the_only_transport_that_the_trunk_allows() {
        dns.a("carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", TLS)).containsExactly("carrier.example (192.0.2.1:5061;transport=tls) 0 1");
    }

    @Test
    void what_is_nowhere_is_no_service() {
        assertThat(locate("nobody.example", UDP))
                .isEqualTo(new NoSuchService("nobody.example: no address (expected: IPv4 or IPv6)"));
    }

    // RFC 2782.

    @Test
    void a_lower_priority_comes_first_and_a_higher_weight_among_equals() {
        dns.srv(
                "_sip._udp.carrier.example",
                60,
                new SrvRecord(20, 90, 5060, "spare.carrier.example"),
                new SrvRecord(10, 30, 5060, "small.carrier.example"),
                new SrvRecord(10, 60, 5060, "large.carrier.example"));
        dns.a("spare.carrier.example", 60, "192.0.2.3");
        dns.a("small.carrier.example", 60, "192.0.2.2");
        dns.a("large.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", UDP))
                .containsExactly(
                        "large.carrier.example (192.0.2.1:5060;transport=udp) 10 60",
                        "small.carrier.example (192.0.2.2:5060;transport=udp) 10 30",
                        "spare.carrier.example (192.0.2.3:5060;transport=udp) 20 90");
    }

    @Test
    void a_dot_for_a_target_means_that_there_is_no_such_service() {
        dns.srv("_sip._udp.carrier.example", 60, new SrvRecord(0, 0, 0, "."));
        dns.a("carrier.example", 60, "192.0.2.1");
        assertThat(locate("carrier.example", UDP))
                .isEqualTo(new NoSuchService("[_sip._udp.carrier.example] SRV: the service is decidedly not offered "
                        + "(expected: a target and a port)"));
        assertThat(found("carrier.example", UDP, TCP))
                .as("the other transport says nothing, so the host itself may have it")
                .containsExactly("carrier.example (192.0.2.1:5060;transport=tcp) 0 1");
    }

    @Test
    void hosts_with_several_addresses_keep_their_share_of_the_calls() {
        dns.srv(
                "_sip._udp.carrier.example",
                60,
                new SrvRecord(10, 70, 5060, "two.carrier.example"),
                new SrvRecord(10, 30, 5060, "three.carrier.example"));
        dns.a("two.carrier.example", 60, "192.0.2.1", "192.0.2.2");
        dns.a("three.carrier.example", 60, "192.0.2.11", "192.0.2.12", "192.0.2.13");
        assertThat(located("carrier.example", UDP).targets())
                .extracting(LocatedTarget::weight)
                .as("6 times the records' weights, divided by 2 and by 3")
                .containsExactly(210, 210, 60, 60, 60);
    }

    @Test
    void two_records_of_one_place_are_one_target() {
        dns.srv(
                "_sip._udp.carrier.example",
                60,
                new SrvRecord(10, 70, 5060, "sip1.carrier.example"),
                new SrvRecord(10, 30, 5060, "alias.carrier.example"),
                new SrvRecord(20, 30, 5060, "sip1.carrier.example"));
        dns.a("sip1.carrier.example", 60, "192.0.2.1").a("alias.carrier.example", 60, "192.0.2.1");
        assertThat(found("carrier.example", UDP))
                .containsExactly("sip1.carrier.example (192.0.2.1:5060;transport=udp) 10 100");
    }

    @Test
    void a_domain_of_a_thousand_servers_costs_no_more_than_32_targets() {
        var records = IntStream.range(0, 1000)
                .mapToObj(i -> new SrvRecord(i, 1, 5060, "sip%03d.carrier.example".formatted(i)))
                .toArray(SrvRecord[]::new);
        dns.srv("_sip._udp.carrier.example", 60, records);
        for (int i = 0; i < 1000; i++) {
            dns.a("sip%03d.carrier.example".formatted(i), 60, "192.0.2." + i % 16, "198.51.100." + i % 16);
        }
        var targets = located("carrier.example", UDP).targets();
        assertThat(targets).hasSize(32);
        assertThat(targets.getFirst().address().getHostString()).isEqualTo("sip000.carrier.example");
        assertThat(dns.asked()).hasSizeLessThan(2 + 2 * 32 + 1);
    }

    @Test
    void the_weights_of_any_set_add_up_to_an_int() {
        int[] counts = {3, 4, 5, 7, 11, 1, 1};
        var records = IntStream.range(0, counts.length)
                .mapToObj(i -> new SrvRecord(0, 65_535, 5060, "h" + i))
                .toArray(SrvRecord[]::new);
        dns.srv("_sip._udp.carrier.example", 60, records);
        for (int host = 0; host < counts.length; host++) {
            int subnet = host;
            dns.a(
                    "h" + host,
                    60,
                    IntStream.range(0, counts[host])
                            .mapToObj(i -> "10.0." + subnet + "." + (i + 1))
                            .toArray(String[]::new));
        }
        var targets = located("carrier.example", UDP).targets();
        assertThat(targets).hasSize(32);
        assertThat(targets.stream().mapToLong(LocatedTarget::weight).sum())
                .isEqualTo(7L * 65_535 * 4620)
                .isLessThan(Integer.MAX_VALUE);
    }

    // Addresses.

    @Test
    void only_addresses_that_the_socket_reaches_are_asked_for() {
        dns.a("carrier.example", 60, "192.0.2.1").aaaa("carrier.example", 60, "2001:db8::1");
        var target = SipTarget.parse("carrier.example:5060");
        var four = new CarrierLocator(dns, AddressFamilies.IPV4).locate(target, Set.of(UDP), Optional.empty());
        assertThat(texts(four)).containsExactly("carrier.example (192.0.2.1:5060;transport=udp) 0 1");
        assertThat(dns.asked()).containsExactly("A carrier.example");
        var six = new CarrierLocator(dns, AddressFamilies.IPV6).locate(target, Set.of(UDP), Optional.empty());
        assertThat(texts(six)).containsExactly("carrier.example ([2001:db8::1]:5060;transport=udp) 0 1");
        var literal = new CarrierLocator(dns, AddressFamilies.IPV4)
                .locate(SipTarget.parse("[2001:db8::1]"), Set.of(UDP), Optional.empty());
        assertThat(literal)
                .isEqualTo(
                        new NoSuchService("[2001:db8::1]: not to be reached from the trunk's socket (expected: IPv4)"));
    }

    @Test
    void addresses_that_nobody_can_be_called_at_are_passed_over() {
        dns.a("carrier.example", 60, "0.0.0.0", "224.0.0.1", "127.0.0.1");
        assertThat(found("carrier.example:5060", UDP))
                .containsExactly("carrier.example (127.0.0.1:5060;transport=udp) 0 1");
    }

    // Time to live.

    @Test
    void it_holds_as_long_as_the_shortest_record_on_the_way() {
        exampleOfTheRfc();
        assertThat(located("example.com", TCP).timeToLive()).isEqualTo(Duration.ofSeconds(300));
        dns.a("server2.example.com", 200, "192.0.2.2");
        assertThat(located("example.com", TCP).timeToLive()).isEqualTo(Duration.ofSeconds(200));
        dns.srv("_sip._tcp.example.com", 100, new SrvRecord(0, 1, 5060, "server1.example.com"));
        assertThat(located("example.com", TCP).timeToLive()).isEqualTo(Duration.ofSeconds(100));
        dns.naptr("example.com", 50, new NaptrRecord(9, 9, "s", "SIP+D2T", "", "_sip._tcp.example.com"));
        assertThat(located("example.com", TCP).timeToLive()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void but_at_least_5_seconds_and_at_most_an_hour() {
        dns.a("carrier.example", 0, "192.0.2.1");
        assertThat(located("carrier.example:5060", UDP).timeToLive()).isEqualTo(Duration.ofSeconds(5));
        dns.a("carrier.example", 86_400, "192.0.2.1");
        assertThat(located("carrier.example:5060", UDP).timeToLive()).isEqualTo(Duration.ofHours(1));
    }

    // DNS fails.

    @Test
    void when_DNS_fails_on_the_way_nothing_is_guessed() {
        exampleOfTheRfc();
        dns.a("example.com", 60, "192.0.2.9").fails("SRV _sip._tcp.example.com");
        assertThat(locate("example.com", TCP)).isEqualTo(new DnsFailure("SRV _sip._tcp.example.com: SERVFAIL"));
        dns.fails("NAPTR example.com");
        assertThat(locate("example.com", TCP, UDP))
                .as("else a carrier that wants TLS would get UDP")
                .isEqualTo(new DnsFailure(
                        "NAPTR example.com: SERVFAIL; a target with a transport or a port needs no NAPTR"));
        dns.fails("A example.com");
        assertThat(locate("example.com:5060", UDP)).isEqualTo(new DnsFailure("A example.com: SERVFAIL"));
    }

    @Test
    void one_host_that_fails_does_not_hide_the_others() {
        exampleOfTheRfc();
        dns.fails("A server2.example.com");
        var located = located("example.com", TCP);
        assertThat(texts(located)).containsExactly("server1.example.com (192.0.2.1:5060;transport=tcp) 0 1");
        assertThat(located.failure()).contains("A server2.example.com: SERVFAIL");
    }

    @Test
    void a_host_that_fails_keeps_the_addresses_it_had_but_not_the_weight() {
        exampleOfTheRfc();
        var before = located("example.com", TCP);
        dns.fails("A server2.example.com")
                .srv(
                        "_sip._tcp.example.com",
                        60,
                        new SrvRecord(0, 5, 5060, "server1.example.com"),
                        new SrvRecord(0, 9, 5062, "server2.example.com"));
        var after = new CarrierLocator(dns, AddressFamilies.BOTH)
                .locate(SipTarget.parse("example.com"), Set.of(TCP), Optional.of(before));
        assertThat(texts(after))
                .containsExactly(
                        "server2.example.com (192.0.2.2:5062;transport=tcp) 0 9",
                        "server1.example.com (192.0.2.1:5060;transport=tcp) 0 5");
        assertThat(((Located) after).failure()).contains("A server2.example.com: SERVFAIL");
    }

    @Test
    void one_family_that_fails_is_no_failure_while_the_other_answers() {
        dns.a("carrier.example", 60, "192.0.2.1").fails("AAAA carrier.example");
        var located = located("carrier.example:5060", UDP);
        assertThat(located.targets()).hasSize(1);
        assertThat(located.failure()).isEmpty();
    }

    private Location locate(String target, SipTransport... allowed) {
        return new CarrierLocator(dns, AddressFamilies.BOTH)
                .locate(SipTarget.parse(target), new LinkedHashSet<>(Arrays.asList(allowed)), Optional.empty());
    }

    private Located located(String target, SipTransport... allowed) {
        return (Located) locate(target, allowed);
    }

    private List<String> found(String target, SipTransport... allowed) {
        return texts(locate(target, allowed));
    }

    /// Target, priority, weight.
    private static List<String> texts(Location location) {
        assertThat(location).isInstanceOf(Located.class);
        return ((Located) location)
                .targets().stream()
                        .map(target -> target + " " + target.priority() + " " + target.weight())
                        .toList();
    }
}
