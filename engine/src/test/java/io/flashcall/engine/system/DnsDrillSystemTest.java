package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTransport;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.dns.DnsFault;
import io.flashcall.testbed.dns.DnsServer;
import io.flashcall.testbed.dns.Dnsmasq;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Drills, which mostly wait: the name servers are gone while calls run, and come back with another address.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class DnsDrillSystemTest {

    private static final String RINGS = "uas-ring-cancel.xml";

    @Test
    void calls_go_to_the_last_good_answer_until_there_is_a_better_one() throws Exception {
        var first = InetAddress.ofLiteral("127.0.0.1");
        var second = InetAddress.ofLiteral("127.0.0.2");
        try (var old = carrierAt(first, 0);
                var next = carrierAt(second, old.address().getPort());
                var dns = DnsServer.start("sip.carrier.test 1 A 127.0.0.1");
                var drill = Drill.towards(
                        PeerConfig.at(SipTarget.parse(
                                        "sip.carrier.test:" + old.address().getPort()))
                                .withTransports(Set.of(SipTransport.UDP)),
                        InetAddress.ofLiteral("0.0.0.0"),
                        new DnsConfig(List.of(dns.address()), Duration.ofMillis(200)))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);

            dns.fail(DnsFault.SILENT);
            drill.logSays("WARN trunk carrier: DNS fails", "targets in use", "127.0.0.1");
            long invitesBefore = old.counters().requests().invites();
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(old.counters().requests().invites()).isGreaterThan(invitesBefore);

            dns.replaceAll("sip.carrier.test 60 A 127.0.0.2");
            dns.recover();
            Stage.waitUntil(
                    () -> {
                        assertThat(drill.outcome()).isInstanceOf(Rang.class);
                        return next.counters().requests().invites() > 0;
                    },
                    () -> "a call at the new address");
        }
    }

    @Test
    void a_carrier_that_has_moved_is_found_before_what_DNS_said_of_it_expires() throws Exception {
        var old = carrierAt(InetAddress.ofLiteral("127.0.0.1"), 0);
        int port = old.address().getPort();
        try (var next = carrierAt(InetAddress.ofLiteral("127.0.0.2"), port);
                var dns = DnsServer.start("sip.carrier.test 3600 A 127.0.0.1");
                var drill = Drill.towards(
                        PeerConfig.at(SipTarget.parse("sip.carrier.test:" + port))
                                .withTransports(Set.of(SipTransport.UDP)),
                        InetAddress.ofLiteral("0.0.0.0"),
                        new DnsConfig(List.of(dns.address()), Duration.ofMillis(200)))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            dns.replaceAll("sip.carrier.test 3600 A 127.0.0.2");
            old.close();
            drill.untilAnOutcomeIs(Rang.class, Duration.ofSeconds(15));
            assertThat(next.counters().requests().invites()).isOne();
        } finally {
            old.close();
        }
    }

    /// Neither the name server nor the hosts are ours.
    @Test
    @Tag("dnsmasq")
    void calls_go_on_to_the_SIPps_that_dnsmasq_named_after_dnsmasq_is_gone() throws Exception {
        try (var first = SippCallee.start(RINGS, 3);
                var second = SippCallee.start(RINGS, 1)) {
            callThroughBoth(first, second);
        }
    }

    private static void callThroughBoth(SippCallee first, SippCallee second) throws Exception {
        var dns = naming(first.address(), second.address());
        try (var drill = Drill.towards(
                PeerConfig.at(SipTarget.parse("carrier.test")).withTransports(Set.of(SipTransport.UDP)),
                InetAddress.ofLiteral("127.0.0.1"),
                new DnsConfig(List.of(dns.address()), Duration.ofMillis(200)))) {
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            dns.close();
            drill.logSays("WARN trunk carrier: DNS fails", "targets in use", "127.0.0.1");
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(first.statistics()).containsEntry("SuccessfulCall", 3L).containsEntry("FailedCall", 0L);
            // The first has served its calls and ended.
            assertThat(drill.outcome()).isInstanceOf(Rang.class);
            assertThat(second.statistics()).containsEntry("SuccessfulCall", 1L).containsEntry("FailedCall", 0L);
        } finally {
            dns.close();
        }
    }

    private static Dnsmasq naming(InetSocketAddress first, InetSocketAddress second) {
        return Dnsmasq.start(
                "--local=/carrier.test/",
                "--local-ttl=1",
                "--naptr-record=carrier.test,50,50,s,SIP+D2U,,_calls._udp.carrier.test",
                "--srv-host=_calls._udp.carrier.test,sip1.carrier.test,%d,10,1".formatted(first.getPort()),
                "--srv-host=_calls._udp.carrier.test,sip2.carrier.test,%d,20,1".formatted(second.getPort()),
                "--host-record=sip1.carrier.test,127.0.0.1,1",
                "--host-record=sip2.carrier.test,127.0.0.1,1");
    }

    private static Carrier carrierAt(InetAddress host, int port) {
        return Carrier.start(CarrierConfig.loopback("ring").withListen(new InetSocketAddress(host, port)));
    }
}
