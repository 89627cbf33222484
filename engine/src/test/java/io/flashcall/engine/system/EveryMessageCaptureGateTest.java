package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.Credentials;
import io.flashcall.engine.Engine;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.FailoverPolicy;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.SipTarget;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import io.flashcall.engine.capture.Tool;
import io.flashcall.engine.capture.WireMessage;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.CarrierTimers;
import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.peers.CertificateAuthority;
import io.flashcall.testbed.stream.TlsIdentity;
import io.flashcall.testbed.stream.TlsTerms;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Gate 3: every kind of message that we send, over each transport, captured as a configuration says; tshark finds
/// nothing malformed in our files, and sngrep writes the same calls from our HEP.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class EveryMessageCaptureGateTest {

    private static final String DOMAIN = "carrier.example";
    private static final Duration RING = Duration.ofMillis(300);

    /// Longer than it takes a silent host to become suspect, and the prober to ask it.
    private static final Duration SETUP = Duration.ofSeconds(3);

    /// What each call meets: challenged at first, then ringing, with PRACK, answered, refused, asked things, sent
    /// elsewhere, ignored.
    private static final List<String> MET = List.of(
            "ring:routes=2",
            "ring:100rel=required",
            "answer-at-once:routes=1",
            "status-486",
            "ring:update=50ms,info=100ms,notify=150ms",
            "moved",
            "silent");

    private static final String[] WHAT = {"sip.Method", "sip.Status-Code", "sip.CSeq", "sip.Call-ID"};

    private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();
    private final List<CallEvent> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger probes = new AtomicInteger();

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void what_we_sent_and_received_is_read_by_tshark_and_sngrep(SipTransport transport) throws IOException {
        int port = freePort();
        var out = temporary.resolve("out.pcap");
        try (var authority = CertificateAuthority.make();
                var carrier = Carrier.start(carrier(authority));
                var sngrep = Tool.start(
                        "sngrep",
                        temporary,
                        "sngrep",
                        "-N",
                        "-q",
                        "-F",
                        "-L",
                        "udp:127.0.0.1:" + port,
                        "-O",
                        out.toString())) {
            Stage.waitUntil(
                    () -> Files.isReadable(out) || sngrep.isAlive(), () -> "sngrep, but it says: " + sngrep.said());
            callAll(carrier, transport, config(transport, carrier, authority, port));
            var file = onlyFile();
            allIsRead(file, transport, carrier.address().getPort());
            Stage.waitUntil(
                    () -> read(out).size() >= shown.size(),
                    () -> shown.size() + " messages, but sngrep wrote " + read(out));
            assertThat(read(out)).containsExactlyInAnyOrderElementsOf(read(file));
        }
    }

    private void callAll(Carrier carrier, SipTransport transport, EngineConfig config) throws IOException {
        try (var engine = Engine.start(config, this::onEvent, this::onMessage)) {
            Stage.waitUntil(
                    () -> engine.snapshot().registrations().stream()
                            .anyMatch(status -> status.state() == State.REGISTERED),
                    () -> "a registration, but saw " + shown);
            for (int i = 0; i < MET.size(); i++) {
                carrier.switchTo(plan(MET.get(i), transport));
                var request = CallRequest.of("carrier", "+12025550123", "+442079460123", "call-" + i);
                assertThat(engine.place(request)).isInstanceOf(Accepted.class);
                int ends = i + 1;
                Stage.waitUntil(() -> ended.size() == ends, () -> "the end of a call that meets " + MET.get(ends - 1));
            }
            Stage.waitUntil(() -> probes.get() > 0, () -> "an OPTIONS of ours, but saw " + shown);
            assertThat(engine.snapshot().captures())
                    .containsOnlyKeys("hep", "pcap")
                    .allSatisfy((_, counters) -> assertThat(
                                    counters.dropped() + counters.sampledOut() + counters.leftOut() + counters.failed())
                            .isZero());
        }
        assertThat(shown).allMatch(line -> line.endsWith("|carrier"));
        assertThat(shown)
                .extracting(line -> line.substring(0, line.lastIndexOf('|')))
                .contains(
                        "to INVITE",
                        "to CANCEL",
                        "to ACK",
                        "to PRACK",
                        "to BYE",
                        "to OPTIONS",
                        "to REGISTER",
                        "from 180",
                        "from 401")
                .anyMatch(line -> line.matches("to [245]\\d\\d"));
    }

    private static Dialplan plan(String met, SipTransport transport) {
        return met.equals("moved") ? SentKinds.moving(transport) : Dialplan.parse(met);
    }

    private void allIsRead(Path file, SipTransport transport, int port) {
        var more = transport == SipTransport.UDP ? List.<String>of() : List.of("-d", "tcp.port==" + port + ",sip");
        assertThat(Tool.tshark(file, "", more, "sip.Method", "sip.Status-Code"))
                .containsExactlyElementsOf(shown.stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1, line.lastIndexOf('|')))
                        .map(what -> what.matches("\\d+") ? "|" + what : what + "|")
                        .toList());
        assertThat(Tool.tshark(file, "_ws.malformed", more, "frame.number", "_ws.expert.message"))
                .as("malformed")
                .isEmpty();
        assertThat(SentKinds.missing(file, more))
                .as("kinds that we did not send")
                .isEmpty();
        String sound = transport == SipTransport.UDP
                ? "udp.checksum.status == 1"
                : "tcp.checksum.status == 1 && !tcp.analysis.flags";
        assertThat(Tool.tshark(file, sound + " && ip.src == 127.0.0.1 && ip.dst == 127.0.0.1", more, "frame.number"))
                .as("sound, and with our true address")
                .hasSize(shown.size());
    }

    /// Our sockets are bound to all addresses, so that the capture has to find out which of them the carrier sees.
    private EngineConfig config(SipTransport transport, Carrier carrier, CertificateAuthority authority, int hepPort) {
        var address = transport == SipTransport.TLS ? carrier.tlsAddress() : carrier.address();
        var target = new SipTarget("127.0.0.1", OptionalInt.of(address.getPort()), Optional.of(transport));
        var peer = new PeerConfig(
                target,
                List.of(),
                PeerConfig.usual(target),
                new TlsConfig(
                        Optional.of(authority.certificate()),
                        Optional.empty(),
                        TlsConfig.DEFAULT.versions(),
                        Optional.of(DOMAIN),
                        false),
                new FailoverPolicy(Duration.ofSeconds(30), Duration.ofMillis(500)),
                Optional.of(new Credentials("flashcall", new Password.Text("secret"))));
        var trunk = new TrunkConfig(
                "carrier",
                peer,
                new CallerIds(List.of(CallerIds.Range.parse("+12025550123")), true),
                SentKinds.NUMBERS,
                new CallPolicy(new Only180(), RING, SETUP, 10, 100),
                SentKinds.wanted(StirFiles.newKey(temporary.resolve("stir.pem"))));
        var agents = UserAgentConfig.of(1, new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
        return new EngineConfig(agents, SipTimers.ofT1(Stage.T1), List.of(trunk))
                .withCapture(CaptureConfig.NONE
                        .withHep(new CaptureConfig.Hep("127.0.0.1", hepPort, 7, "key", 1.0))
                        .withPcap(new CaptureConfig.Pcap(temporary.resolve("wire"), "carrier", 1 << 20, 2)));
    }

    private static CarrierConfig carrier(CertificateAuthority authority) {
        var files = authority.issue(DOMAIN);
        var identity = TlsIdentity.pem(files.certificate(), files.key());
        return CarrierConfig.loopback("silent")
                .withTimers(CarrierTimers.withT1(Stage.T1))
                .withTerms(CarrierTerms.NONE
                        .withTcp()
                        .withTls(TlsTerms.of(identity))
                        .withDigest("algorithm=SHA-256,methods=INVITE+BYE+PRACK+REGISTER")
                        .withRegistrar("service-route=sip:{host};lr"));
    }

    private void onEvent(CallEvent event) {
        if (event instanceof Ended) {
            ended.add(event);
        }
    }

    /// `to INVITE|carrier`: which way, what, whose.
    private void onMessage(WireMessage message) {
        String text = new String(message.bytes(), 0, message.length(), StandardCharsets.ISO_8859_1);
        String what = text.startsWith("SIP/2.0 ") ? text.substring(8, 11) : text.substring(0, text.indexOf(' '));
        shown.add((message.sent() ? "to " : "from ") + what + "|" + message.trunk());
        if (message.sent() && what.equals("OPTIONS")) {
            probes.incrementAndGet();
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("wire"))) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    /// While a file is being written, its last packet may be there in part.
    private static List<String> read(Path file) {
        try {
            return Files.exists(file) ? Tool.tshark(file, "sip", List.of(), WHAT) : List.of();
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
