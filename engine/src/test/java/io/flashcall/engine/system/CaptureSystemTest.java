package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallEvent.Ended;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.capture.CaptureCounters;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.RecentLadders;
import io.flashcall.engine.capture.StuckCapture;
import io.flashcall.engine.capture.Tool;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tshark and sngrep make of the messages that a real engine sent and received: each kind that it knows.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CaptureSystemTest {

    private static final Duration LONG_RING = Duration.ofMillis(60);
    private static final String LITERAL = "0:0:0:0:0:0:0:1";

    /// Of each packet: who sent it to whom, and when; what it is, and of which call.
    private static final String[] WHAT = {
        "frame.time_epoch",
        "ip.src",
        "ip.dst",
        "ipv6.src",
        "ipv6.dst",
        "udp.srcport",
        "udp.dstport",
        "sip.Method",
        "sip.Status-Code",
        "sip.CSeq",
        "sip.Call-ID"
    };

    /// What is played, as tshark tells it: method or status. A request of SIP/3.0 is no SIP to it.
    private static final List<String> PLAYED = List.of(
            // A flash call, and a call that is answered.
            "INVITE|",
            "|100",
            "|180",
            "CANCEL|",
            "|200",
            "|487",
            "ACK|",
            "INVITE|",
            "|200",
            "ACK|",
            "BYE|",
            "|200",
            // What a peer may ask.
            "OPTIONS|",
            "|200",
            "INVITE|",
            "|403",
            "ACK|",
            "BYE|",
            "|481",
            "CANCEL|",
            "|481",
            "MESSAGE|",
            "|405",
            "NONSENSE|",
            "|501",
            "OPTIONS|",
            "|400",
            "|",
            "|505");

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tshark_reads_every_packet_without_a_malformed_mark(String host) throws IOException {
        play(host, CaptureConfig.NONE.withPcap(pcap()), RecentLadders.start(1 << 16));
        var file = onlyFile();
        assertThat(Tool.tshark(file, "", List.of(), "sip.Method", "sip.Status-Code"))
                .containsExactlyElementsOf(PLAYED);
        assertThat(Tool.tshark(file, "_ws.malformed", List.of(), "frame.number", "_ws.expert.message"))
                .as("malformed")
                .isEmpty();
        assertThat(Tool.tshark(file, "udp.checksum.status == 1", List.of(), "frame.number"))
                .as("with right checksums")
                .hasSize(PLAYED.size());
        if (host.equals("127.0.0.1")) {
            assertThat(Tool.tshark(file, "ip.checksum.status == 1", List.of(), "frame.number"))
                    .hasSize(PLAYED.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void sngrep_receives_our_HEP_and_writes_the_same_calls(String host) throws IOException {
        int port = freePort();
        var out = temporary.resolve("out.pcap");
        var hep = new CaptureConfig.Hep("127.0.0.1", port, 2001, "secret", 1.0);
        try (var sngrep = Tool.start(
                "sngrep", temporary, "sngrep", "-N", "-q", "-F", "-L", "udp:127.0.0.1:" + port, "-O", out.toString())) {
            Stage.waitUntil(() -> isOpen(port), () -> "sngrep on port " + port + ", but it says: " + sngrep.said());
            var counters = play(host, CaptureConfig.NONE.withHep(hep).withPcap(pcap()), RecentLadders.start(1 << 16));
            assertThat(counters)
                    .containsOnlyKeys("hep", "pcap")
                    .allSatisfy(
                            (_, each) -> assertThat(each.dropped() + each.sampledOut() + each.leftOut() + each.failed())
                                    .isZero());
            Stage.waitUntil(
                    () -> read(out).size() >= PLAYED.size(),
                    () -> PLAYED.size() + " messages, but sngrep wrote " + read(out));
        }
        assertThat(told(out, host)).containsExactlyInAnyOrderElementsOf(told(onlyFile(), host));
    }

    @Test
    void tshark_reads_a_call_from_the_file_that_has_its_id() throws IOException {
        var config = pcap().withPer(CaptureConfig.Per.CALL);
        var calls = new ArrayList<CallId>();
        try (var stage =
                Scene.of("ring").captured(CaptureConfig.NONE.withPcap(config)).start()) {
            for (int i = 0; i < 2; i++) {
                var call = stage.place();
                assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
                calls.add(stage.eventOf(call, Ended.class).stamp().call());
            }
            stage.everythingIsOver();
        }
        for (var call : calls) {
            var file = fileOf(call, config.directory());
            assertThat(Tool.tshark(file, "!_ws.malformed", List.of(), "sip.Call-ID"))
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allMatch(callId -> callId.startsWith(call.toString()));
        }
    }

    private static Path fileOf(CallId call, Path directory) throws IOException {
        try (var all = Files.newDirectoryStream(directory, "flashcall-call-*-" + call + ".pcap")) {
            return all.iterator().next();
        }
    }

    /// Its destination hangs all the while: had a loop waited for it, no call would end.
    @Test
    void a_capture_that_is_stuck_samples_and_drops_and_counts_and_no_call_waits_for_it() {
        try (var stuck = new StuckCapture();
                var stage = Scene.of("ring").shown(stuck).start()) {
            stage.placeMany(500, 1_000);
            stage.everyCallHasEnded();
            assertThat(stage.outcomes().keySet()).hasOnlyElementsOfType(Rang.class);
            assertThat(stuck.counters().delivered()).isZero();
            var counters = stuck.counters();
            assertThat(counters.sampledOut()).isPositive();
            assertThat(counters.dropped() + counters.sampledOut()).isGreaterThan(2_000);
            stage.nothingIsLeft();
        }
    }

    @Test
    void ladders_of_the_calls_are_kept_by_reference() {
        try (var ladders = RecentLadders.start(1 << 16)) {
            play("127.0.0.1", CaptureConfig.NONE, ladders);
            assertThat(ladders.of("call-1"))
                    .extracting(LadderStep::label)
                    .containsExactly(
                            "INVITE",
                            "100 By hand",
                            "180 By hand",
                            "CANCEL",
                            "200 By hand (CANCEL)",
                            "487 By hand",
                            "ACK");
            assertThat(ladders.of("call-2")).extracting(LadderStep::called).startsWith("+4420********");
        }
    }

    /// @return what the engine counted, before it was closed
    private static Map<String, CaptureCounters> play(String host, CaptureConfig config, RecentLadders ladders) {
        try (ladders;
                var peer = new RawPeer(host);
                var stage = Scene.towards(peer.address())
                        .host(InetAddress.ofLiteral(host))
                        .ring(LONG_RING)
                        .captured(config)
                        .shown(ladders)
                        .listener(ladders)
                        .start()) {
            flashCall(peer, stage);
            answeredCall(peer, stage);
            requests(peer);
            stage.nothingIsLeft();
            return stage.engine.snapshot().captures();
        }
    }

    private static void flashCall(RawPeer peer, Stage stage) {
        String call = stage.place();
        String invite = peer.next("INVITE");
        peer.answer(invite, 100, "", "");
        peer.answer(invite, 180, "a", contact(peer));
        peer.answer(peer.next("CANCEL"), 200, "a", "");
        peer.answer(invite, 487, "a", "");
        peer.next("ACK");
        assertThat(stage.outcomeOf(call)).isInstanceOf(Rang.class);
    }

    private static void answeredCall(RawPeer peer, Stage stage) {
        String call = stage.place();
        peer.answer(peer.next("INVITE"), 200, "a", contact(peer));
        peer.next("ACK");
        peer.answer(peer.next("BYE"), 200, "", "");
        assertThat(stage.outcomeOf(call)).isInstanceOf(Answered.class);
    }

    private static void requests(RawPeer peer) {
        asks(peer, request(peer, "OPTIONS", "1"), "SIP/2.0 200");
        String invite = request(peer, "INVITE", "2");
        String refusal = asks(peer, invite, "SIP/2.0 403");
        peer.send(
                invite.replace("INVITE", "ACK")
                        .replace("To: <sip:us@127.0.0.1>", "To: " + RawPeer.header(refusal, "To")),
                peer.caller());
        asks(peer, request(peer, "BYE", "3"), "SIP/2.0 481");
        asks(peer, request(peer, "CANCEL", "4"), "SIP/2.0 481");
        asks(peer, request(peer, "MESSAGE", "5"), "SIP/2.0 405");
        asks(peer, request(peer, "NONSENSE", "6"), "SIP/2.0 501");
        String lame = request(peer, "OPTIONS", "7").replace("Max-Forwards: 70", "Max-Forwards: x");
        asks(peer, lame, "SIP/2.0 400");
        asks(peer, request(peer, "OPTIONS", "8").replaceFirst("SIP/2.0\r\n", "SIP/3.0\r\n"), "SIP/2.0 505");
    }

    private static String asks(RawPeer peer, String request, String answer) {
        peer.send(request, peer.caller());
        return peer.next(answer);
    }

    private static String request(RawPeer peer, String method, String id) {
        return peer.request(method, id, "").replace(LITERAL, "[::1]");
    }

    private static String contact(RawPeer peer) {
        return "Contact: <" + peer.uri().replace(LITERAL, "[::1]") + ">\r\n";
    }

    private CaptureConfig.Pcap pcap() {
        return new CaptureConfig.Pcap(temporary.resolve("wire"), "", 1 << 20, 2);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("wire"))) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    /// What was written, packet by packet. sngrep 1.6 writes IPv4 packets from 0.0.0.0 to 0.0.0.0 for whatever came
    /// over IPv6, as long as HEP brought it: there, the addresses are not compared.
    private static List<String> told(Path file, String host) {
        return read(file).stream()
                .map(line -> host.equals("::1") ? line.replaceAll("\\|(0\\.0\\.0\\.0|::1|)(?=\\|)", "|") : line)
                .toList();
    }

    /// While a file is being written, its last packet may be there in part.
    private static List<String> read(Path file) {
        try {
            return Files.exists(file) ? Tool.tshark(file, "", List.of(), WHAT) : List.of();
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try {
            return Files.readString(Path.of("/proc/net/udp")).contains(":%04X ".formatted(port));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
