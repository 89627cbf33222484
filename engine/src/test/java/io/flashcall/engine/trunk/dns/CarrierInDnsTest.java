package io.flashcall.engine.trunk.dns;

import static io.flashcall.engine.SipTransport.TCP;
import static io.flashcall.engine.SipTransport.TLS;
import static io.flashcall.engine.SipTransport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.trunk.dns.Location.DnsFailure;
import io.flashcall.engine.trunk.dns.Location.NoSuchService;
import io.flashcall.engine.trunk.dns.WatchStatus.Kind;
import io.flashcall.testbed.dns.DnsFault;
import io.flashcall.testbed.dns.DnsServer;
import io.flashcall.testbed.dns.Dnsmasq;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The whole way from a carrier's name to its targets, over loopback, through our server and one that is not
/// ours.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class CarrierInDnsTest {

    private static final String[] ZONE = {
        "carrier.example 300 NAPTR 50 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.carrier.example",
        "carrier.example 300 NAPTR 90 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp.carrier.example",
        "carrier.example 300 NAPTR 100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.carrier.example",
        "_sips._tcp.carrier.example 300 SRV 0 1 5061 sip1.carrier.example",
        "_sip._udp.carrier.example 300 SRV 10 70 5060 sip1.carrier.example",
        "_sip._udp.carrier.example 300 SRV 10 30 5062 sip2.carrier.example",
        "_sip._udp.carrier.example 300 SRV 20 0 5060 spare.carrier.example",
        "sip1.carrier.example 60 A 192.0.2.1",
        "sip1.carrier.example 60 AAAA 2001:db8::1",
        "sip2.carrier.example 60 A 192.0.2.2",
        "spare.carrier.example 60 CNAME sip2.carrier.example"
    };

    @Test
    void a_carrier_is_found_in_our_server() {
        try (var server = DnsServer.start(ZONE)) {
            assertThatItIsFoundThrough(server.address());
            assertThat(server.queries("carrier.example", "NAPTR")).isEqualTo(4);
        }
    }

    @Test
    @Tag("dnsmasq")
    void a_carrier_is_found_in_dnsmasq() {
        try (var server = dnsmasq()) {
            assertThatItIsFoundThrough(server.address());
        }
    }

    private static void assertThatItIsFoundThrough(InetSocketAddress server) {
        var target = "carrier.example";
        assertThat(texts(locate(server, target, AddressFamilies.IPV4, UDP)))
                .containsExactly(
                        "sip1.carrier.example (192.0.2.1:5060;transport=udp) 10 70",
                        "sip2.carrier.example (192.0.2.2:5062;transport=udp) 10 30",
                        "spare.carrier.example (192.0.2.2:5060;transport=udp) 20 0");
        assertThat(texts(locate(server, target, AddressFamilies.BOTH, UDP, TLS)))
                .containsExactly(
                        "sip1.carrier.example ([2001:db8::1]:5061;transport=tls) 0 1",
                        "sip1.carrier.example (192.0.2.1:5061;transport=tls) 0 1");
        assertThat(texts(locate(server, target, AddressFamilies.IPV4, TCP)))
                .as("NAPTR says TCP, but no SRV record does, nor has the name itself an address")
                .isEmpty();
        assertThat(texts(locate(server, "sip2.carrier.example:5080", AddressFamilies.IPV4, UDP)))
                .containsExactly("sip2.carrier.example (192.0.2.2:5080;transport=udp) 0 1");
        assertThat(locate(server, "nobody.example", AddressFamilies.IPV4, UDP)).isInstanceOf(NoSuchService.class);
        assertThat(((Located) locate(server, target, AddressFamilies.IPV4, UDP, TLS)).timeToLive())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @Tag("dnsmasq")
    void dnsmasq_refuses_what_it_does_not_know_and_that_is_a_failure() {
        try (var server = dnsmasq()) {
            assertThat(locate(server.address(), "carrier.test", AddressFamilies.IPV4, UDP))
                    .isInstanceOfSatisfying(
                            DnsFailure.class,
                            failure -> assertThat(failure.reason())
                                    .startsWith("carrier.test NAPTR: REFUSED from 127.0.0.1:"));
        }
    }

    @Test
    @Tag("dnsmasq")
    void an_answer_too_long_for_UDP_comes_from_dnsmasq_over_TCP() {
        String[] records = Stream.iterate(1, i -> i <= 100, i -> i + 1)
                .map(i -> "--srv-host=_sip._udp.carrier.example,sip%d.carrier.example,5060,10,%d".formatted(i, i))
                .toArray(String[]::new);
        try (var server = Dnsmasq.start(records)) {
            var answer = DnsJavaClient.of(List.of(server.address())).srv("_sip._udp.carrier.example");
            assertThat(answer).as(server.said()).isInstanceOf(DnsAnswer.Found.class);
            assertThat(((DnsAnswer.Found<SrvRecord>) answer).records()).hasSize(100);
        }
    }

    @Test
    void a_watch_survives_DNS_that_is_gone_at_first_and_later() throws InterruptedException {
        List<Located> told = new CopyOnWriteArrayList<>();
        try (var server = DnsServer.start(ZONE)) {
            server.fail(DnsFault.REFUSED);
            var locator = new CarrierLocator(DnsJavaClient.of(List.of(server.address())), AddressFamilies.IPV4);
            var target = SipTarget.parse("carrier.example");
            try (var watcher = TargetWatcher.ofSystem(
                    "carrier-a", before -> locator.locate(target, Set.of(UDP), before), told::add)) {
                var first = watcher.start(Duration.ofSeconds(10));
                assertThat(first.located()).isEmpty();
                assertThat(first.trouble().orElseThrow().kind()).isEqualTo(Kind.DNS_FAILS);
                server.recover();
                await().until(() -> told.size() == 1);
                assertThat(told.getFirst().targets()).hasSize(3);
                server.replace("sip2.carrier.example 5 A 192.0.2.22");
                server.fail("sip1.carrier.example", "A", DnsFault.SERVFAIL);
                await().atMost(Duration.ofSeconds(20)).until(watcher::refreshNow);
                await().until(() -> told.size() == 2);
                assertThat(texts(told.getLast()))
                        .as("what fails keeps its address, what answers has the new one")
                        .containsExactly(
                                "sip1.carrier.example (192.0.2.1:5060;transport=udp) 10 70",
                                "sip2.carrier.example (192.0.2.22:5062;transport=udp) 10 30",
                                "spare.carrier.example (192.0.2.22:5060;transport=udp) 20 0");
                assertThat(watcher.status().trouble().orElseThrow().reason()).startsWith("sip1.carrier.example A: ");
            }
        }
    }

    @Test
    void a_watch_that_waits_for_a_silent_server_closes_at_once() throws InterruptedException {
        try (var server = DnsServer.start(ZONE)) {
            server.fail(DnsFault.SILENT);
            var client = DnsJavaClient.of(List.of(server.address()), DnsJavaClient.LONGEST_TIMEOUT);
            var locator = new CarrierLocator(client, AddressFamilies.BOTH);
            List<Thread> threads = new CopyOnWriteArrayList<>();
            var watcher = TargetWatcher.ofSystem(
                    "carrier-a",
                    before -> {
                        threads.add(Thread.currentThread());
                        return locator.locate(SipTarget.parse("carrier.example:5060"), Set.of(UDP), before);
                    },
                    _ -> true);
            watcher.start(Duration.ZERO);
            await().until(() -> server.queries() == 2);
            watcher.close();
            assertThat(threads).hasSize(1);
            assertThat(threads.getFirst().join(Duration.ofSeconds(1)))
                    .as("its thread ends")
                    .isTrue();
        }
    }

    private static Dnsmasq dnsmasq() {
        return Dnsmasq.start(
                "--local=/example/",
                "--local-ttl=300",
                "--naptr-record=carrier.example,50,50,s,SIPS+D2T,,_sips._tcp.carrier.example",
                "--naptr-record=carrier.example,90,50,s,SIP+D2T,,_sip._tcp.carrier.example",
                "--naptr-record=carrier.example,100,50,s,SIP+D2U,,_sip._udp.carrier.example",
                "--srv-host=_sips._tcp.carrier.example,sip1.carrier.example,5061,0,1",
                "--srv-host=_sip._udp.carrier.example,sip1.carrier.example,5060,10,70",
                "--srv-host=_sip._udp.carrier.example,sip2.carrier.example,5062,10,30",
                "--srv-host=_sip._udp.carrier.example,spare.carrier.example,5060,20,0",
                "--host-record=sip1.carrier.example,192.0.2.1,2001:db8::1,60",
                "--host-record=sip2.carrier.example,192.0.2.2,60",
                "--cname=spare.carrier.example,sip2.carrier.example,60");
    }

    private static Location locate(
            InetSocketAddress server, String target, AddressFamilies families, SipTransport... allowed) {
        return new CarrierLocator(DnsJavaClient.of(List.of(server)), families)
                .locate(SipTarget.parse(target), new LinkedHashSet<>(Arrays.asList(allowed)), Optional.empty());
    }

    /// Target, priority, weight.
    private static List<String> texts(Location location) {
        return location instanceof Located located
                ? located.targets().stream()
                        .map(target -> target + " " + target.priority() + " " + target.weight())
                        .toList()
                : List.of();
    }
}
