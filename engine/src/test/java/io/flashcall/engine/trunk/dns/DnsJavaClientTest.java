package io.flashcall.engine.trunk.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.engine.trunk.dns.DnsAnswer.Absent;
import io.flashcall.engine.trunk.dns.DnsAnswer.Failed;
import io.flashcall.engine.trunk.dns.DnsAnswer.Found;
import io.flashcall.testbed.dns.DnsFault;
import io.flashcall.testbed.dns.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.hosts.HostsFileParser;

/// Against the testbed's server, over loopback.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DnsJavaClientTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final DnsServer server = DnsServer.start(
            "carrier.example 300 NAPTR 50 60 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.carrier.example",
            "_sips._tcp.carrier.example 200 SRV 10 20 5061 sip1.carrier.example",
            "_sip._udp.carrier.example 200 SRV 0 0 0 .",
            "sip1.carrier.example 100 A 192.0.2.1",
            "sip1.carrier.example 100 AAAA 2001:db8::1",
            "sip1.carrier.example 100 AAAA ::ffff:192.0.2.1",
            "alias.carrier.example 50 CNAME sip1.carrier.example",
            "dangling.carrier.example 50 CNAME gone.carrier.example",
            "circle.carrier.example 50 CNAME circus.carrier.example",
            "circus.carrier.example 50 CNAME circle.carrier.example");
    private final DnsJavaClient client = DnsJavaClient.of(List.of(server.address()), SHORT);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void records_come_with_their_time_to_live() {
        assertThat(client.naptr("carrier.example"))
                .isEqualTo(found(300, new NaptrRecord(50, 60, "s", "SIPS+D2T", "", "_sips._tcp.carrier.example")));
        assertThat(client.srv("_sips._tcp.carrier.example."))
                .isEqualTo(found(200, new SrvRecord(10, 20, 5061, "sip1.carrier.example")));
        assertThat(client.srv("_sip._udp.carrier.example")).isEqualTo(found(200, new SrvRecord(0, 0, 0, ".")));
        assertThat(client.a("SIP1.carrier.example")).isEqualTo(found(100, InetAddress.ofLiteral("192.0.2.1")));
        assertThat(client.aaaa("sip1.carrier.example"))
                .as("and no IPv4 dressed up")
                .isEqualTo(found(100, InetAddress.ofLiteral("2001:db8::1")));
    }

    @Test
    void an_alias_is_followed_and_its_time_to_live_counts() {
        assertThat(client.a("alias.carrier.example")).isEqualTo(found(50, InetAddress.ofLiteral("192.0.2.1")));
    }

    @Test
    void where_an_alias_leads_out_of_the_answer_its_target_is_asked_for() {
        assertThat(client.a("dangling.carrier.example")).isEqualTo(new Absent<>());
        assertThat(server.queries("gone.carrier.example", "A")).isEqualTo(1);
    }

    @Test
    void aliases_that_go_round_in_circles_end() {
        assertThat(client.a("circle.carrier.example")).isNotInstanceOf(Found.class);
        assertThat(server.queries()).isLessThan(10);
    }

    @Test
    void what_is_not_there_does_not_exist() {
        assertThat(client.a("nobody.example")).isEqualTo(new Absent<>());
        assertThat(client.a("carrier.example")).as("no data").isEqualTo(new Absent<>());
        assertThat(client.srv("_sips._tcp." + "a".repeat(64) + ".example"))
                .as("no name")
                .isEqualTo(new Absent<>());
        assertThat(client.a("long." + "abcdefgh.".repeat(30))).as("no name").isEqualTo(new Absent<>());
    }

    @Test
    void what_fails_says_what_was_asked_and_whom() {
        String place = "127.0.0.1:" + server.address().getPort();
        server.fail(DnsFault.SERVFAIL);
        assertThat(client.a("sip1.carrier.example"))
                .isEqualTo(new Failed<>("sip1.carrier.example A: SERVFAIL from " + place));
        server.fail(DnsFault.REFUSED);
        assertThat(client.srv("_sips._tcp.carrier.example"))
                .isEqualTo(new Failed<>("_sips._tcp.carrier.example SRV: REFUSED from " + place));
        server.fail(DnsFault.SILENT);
        assertThat(client.naptr("carrier.example"))
                .isEqualTo(new Failed<>("carrier.example NAPTR: no answer from " + place + " within 150 ms"));
        assertThat(server.queries("carrier.example", "NAPTR")).as("tried twice").isEqualTo(2);
        server.recover();
        assertThat(client.a("sip1.carrier.example")).isInstanceOf(Found.class);
    }

    @Test
    void a_server_that_is_gone_is_a_failure() {
        server.close();
        assertThat(client.a("sip1.carrier.example")).isInstanceOf(Failed.class);
    }

    @Test
    void a_truncated_answer_is_fetched_over_TCP() {
        server.fail(DnsFault.TRUNCATED);
        assertThat(client.a("sip1.carrier.example")).isEqualTo(found(100, InetAddress.ofLiteral("192.0.2.1")));
        assertThat(server.queriesOverTcp()).isEqualTo(1);
    }

    @Test
    void the_next_server_answers_for_one_that_fails() {
        try (var other = DnsServer.start("sip1.carrier.example 10 A 192.0.2.9")) {
            var both = DnsJavaClient.of(List.of(server.address(), other.address()), SHORT);
            assertThat(both.a("sip1.carrier.example")).isEqualTo(found(100, InetAddress.ofLiteral("192.0.2.1")));
            for (DnsFault fault : List.of(DnsFault.SERVFAIL, DnsFault.REFUSED, DnsFault.SILENT)) {
                server.fail(fault);
                assertThat(both.a("sip1.carrier.example"))
                        .as(fault.name())
                        .isEqualTo(found(10, InetAddress.ofLiteral("192.0.2.9")));
            }
        }
    }

    @Test
    void nothing_is_kept() {
        client.a("sip1.carrier.example");
        server.replace("sip1.carrier.example 100 A 192.0.2.2");
        assertThat(client.a("sip1.carrier.example")).isEqualTo(found(100, InetAddress.ofLiteral("192.0.2.2")));
    }

    @Test
    void localhost_needs_no_DNS() {
        assertThat(client.a("localhost")).isEqualTo(found(60, InetAddress.ofLiteral("127.0.0.1")));
        assertThat(client.aaaa("sip.LOCALHOST.")).isEqualTo(found(60, InetAddress.ofLiteral("::1")));
        assertThat(client.naptr("localhost")).isEqualTo(new Absent<>());
        assertThat(client.srv("_sip._udp.localhost")).isEqualTo(new Absent<>());
        assertThat(server.queries()).isZero();
        assertThat(DnsJavaClient.ofSystem().a("localhost")).isInstanceOf(Found.class);
    }

    @Test
    void what_the_hosts_file_says_goes_before_DNS(@TempDir Path folder) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.77 kamailio kamailio.lab\n");
        var system = new DnsJavaClient(new NameServers.OfSystem(new HostsFileParser(hosts)), SHORT);
        assertThat(system.a("kamailio.lab")).isEqualTo(found(60, InetAddress.ofLiteral("192.0.2.77")));
        assertThat(NameServers.ofSystem().servers()).isNotEmpty();
    }

    @Test
    void an_interrupted_thread_waits_no_longer_and_stays_interrupted() throws Exception {
        server.fail(DnsFault.SILENT);
        var patient = DnsJavaClient.of(List.of(server.address()), DnsJavaClient.LONGEST_TIMEOUT);
        var stillSet = new CompletableFuture<Boolean>();
        var answer = new CompletableFuture<DnsAnswer<InetAddress>>();
        var thread = Thread.ofVirtual().start(() -> {
            answer.complete(patient.a("sip1.carrier.example"));
            stillSet.complete(Thread.currentThread().isInterrupted());
        });
        Awaitility.await().until(() -> server.queries() == 1);
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(1))).isTrue();
        assertThat(answer.join()).isEqualTo(new Failed<>("sip1.carrier.example A: interrupted"));
        assertThat(stillSet.join()).isTrue();
    }

    @Test
    void what_cannot_be_asked_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsJavaClient.of(List.of()))
                .withMessage("name servers: [] (expected: addresses, at least one)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsJavaClient.of(List.of(InetSocketAddress.createUnresolved("dns.example", 53))))
                .withMessageContaining("dns.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsJavaClient.of(List.of(server.address()), Duration.ofSeconds(3)))
                .withMessage("timeout: PT3S (expected: above zero, at most PT2S)");
    }

    private static <R> DnsAnswer<R> found(int seconds, R record) {
        return new Found<>(List.of(record), Duration.ofSeconds(seconds));
    }
}
