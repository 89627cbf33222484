package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PcapWriterTest {

    private static final long SMALLEST_FILE = 1 << 20;

    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("wire");
    }

    private CaptureConfig.Pcap all() {
        return ofTrunk("");
    }

    private CaptureConfig.Pcap ofTrunk(String trunk) {
        return new CaptureConfig.Pcap(directory(), trunk, SMALLEST_FILE, 3);
    }

    @Test
    void a_file_and_its_first_packet_byte_by_byte() throws IOException {
        write(all(), List.of(Messages.of(true, "abc")));

        var file = ByteBuffer.wrap(Files.readAllBytes(files().getFirst()));
        assertThat(file.remaining()).isEqualTo(24 + 16 + 31);
        assertThat(file.getInt()).isEqualTo(0xa1b2c3d4);
        assertThat(file.getShort()).isEqualTo((short) 2);
        assertThat(file.getShort()).isEqualTo((short) 4);
        assertThat(file.getLong()).isZero();
        assertThat(file.getInt()).isEqualTo(262_144);
        assertThat(file.getInt()).as("LINKTYPE_RAW").isEqualTo(101);
        assertThat(file.getInt()).isEqualTo((int) (Messages.MICROS / 1_000_000));
        assertThat(file.getInt()).isEqualTo(678_901);
        assertThat(file.getInt()).isEqualTo(31);
        assertThat(file.getInt()).isEqualTo(31);
        assertThat(file.getInt()).as("IPv4, 31 bytes").isEqualTo(0x4500001f);
    }

    @Test
    void its_owner_alone_may_read_a_file_and_its_directory() throws IOException {
        write(all(), List.of(Messages.of(true, "abc")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(files())
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void files_are_bounded_in_size_and_number_and_the_oldest_leave() throws IOException {
        int packet = 16 + 28 + 1_000;
        int inAFile = (int) (SMALLEST_FILE - 24) / packet;
        var message = Messages.of(true, "x".repeat(1_000));
        try (var writer = PcapWriter.start(all())) {
            for (int i = 0; i < 5 * inAFile + 1; i++) {
                writer.onMessage(message);
                if (i % 2_000 == 0) {
                    settle(writer, i + 1);
                }
            }
            settle(writer, 5 * inAFile + 1);
            assertThat(writer.counters()).isEqualTo(new CaptureCounters(5 * inAFile + 1, 5 * inAFile + 1, 0, 0, 0, 0));
        }
        assertThat(names())
                .containsExactly("flashcall-00000004.pcap", "flashcall-00000005.pcap", "flashcall-00000006.pcap");
        assertThat(Files.size(files().getFirst())).isEqualTo(24L + (long) inAFile * packet);
        assertThat(Files.size(files().getLast())).isEqualTo(24L + packet);
    }

    @Test
    void files_of_earlier_runs_count_and_are_not_overwritten() throws IOException {
        Files.createDirectories(directory());
        Files.writeString(directory().resolve("somebody-else.pcap"), "not ours");
        for (int run = 0; run < 5; run++) {
            write(all(), List.of(Messages.of(true, "run " + run)));
        }

        assertThat(names())
                .containsExactly(
                        "flashcall-00000003.pcap",
                        "flashcall-00000004.pcap",
                        "flashcall-00000005.pcap",
                        "somebody-else.pcap");
        assertThat(Files.readString(files().get(2), StandardCharsets.ISO_8859_1))
                .endsWith("run 4");
    }

    @Test
    void a_directory_that_cannot_be_made_is_said_at_the_start() throws IOException {
        Files.writeString(directory(), "a file");

        assertThatThrownBy(() -> PcapWriter.start(all()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory().toString());
    }

    @Test
    void a_file_that_cannot_be_written_costs_messages_and_nothing_else() throws IOException {
        var message = Messages.of(true, "x".repeat(1_000));
        try (var writer = PcapWriter.start(all())) {
            deleteAll();
            for (int i = 1; i <= 3_000; i++) {
                writer.onMessage(message);
                if (i % 1_000 == 0) {
                    settle(writer, i);
                }
            }
            assertThat(writer.counters().failed()).isPositive();
            assertThat(writer.counters().delivered()).isPositive();
            assertThat(writer.counters().captured()).isEqualTo(3_000);
        }
    }

    @Test
    void what_does_not_fit_into_a_packet_is_counted() throws IOException {
        try (var writer = PcapWriter.start(all())) {
            writer.onMessage(Messages.of(true, ""));
            writer.onMessage(Messages.of(true, "x".repeat(65_508)));
            writer.onMessage(Messages.of(true, "x".repeat(65_507)));
            writer.onMessage(Messages.of(true, "x".repeat(65_536)));
            settle(writer, 3);
            assertThat(writer.counters()).isEqualTo(new CaptureCounters(3, 1, 1, 0, 2, 0));
        }
    }

    @Test
    void one_trunk_s_calls_are_written_with_what_came_back() throws IOException {
        var messages = new ArrayList<WireMessage>();
        for (int call = 1; call <= 2; call++) {
            String trunk = call == 1 ? "ours" : "other";
            for (var message : Messages.flashCall(call)) {
                messages.add(message.sent() ? message.belonging(call, trunk) : message);
            }
        }
        var elsewhere = Messages.endpoint("198.51.100.7", 5060);
        String options = Messages.text("OPTIONS sip:us@192.0.2.10 SIP/2.0", "options", "1 OPTIONS");
        messages.add(Messages.of(0, false, options));
        messages.add(Messages.of(0, false, options).between(Messages.US, elsewhere, SipTransport.UDP));

        try (var writer = PcapWriter.start(ofTrunk("ours"))) {
            messages.forEach(writer::onMessage);
            settle(writer, 8);
            assertThat(writer.counters()).isEqualTo(new CaptureCounters(8, 8, 0, 8, 0, 0));
        }
        assertThat(read("sip.Call-ID", "sip.Method", "sip.Status-Code"))
                .containsExactly(
                        "call-1|INVITE|",
                        "call-1||100",
                        "call-1||180",
                        "call-1|CANCEL|",
                        "call-1||200",
                        "call-1||487",
                        "call-1|ACK|",
                        "options|OPTIONS|");
    }

    @Test
    void tshark_reads_calls_over_TCP_and_TLS_with_every_byte_in_its_place() throws IOException {
        var messages = new ArrayList<WireMessage>();
        for (int round = 1; round <= 2; round++) {
            messages.addAll(over(round * 10 + 1, Messages.US, Messages.CARRIER, SipTransport.TCP));
            messages.addAll(over(round * 10 + 2, Messages.US_V6, Messages.CARRIER_V6, SipTransport.TCP));
            messages.addAll(over(
                    round * 10 + 3,
                    Messages.endpoint("192.0.2.10", 40_000),
                    Messages.endpoint("203.0.113.5", 5061),
                    SipTransport.TLS));
        }
        // A message of several segments, as large as there may be.
        String large = Messages.text("INVITE sip:+442079460123@203.0.113.5 SIP/2.0", "large", "1 INVITE")
                .replace("Content-Length: 0", "Content-Length: 65000");
        large += "x".repeat(65_000);
        messages.add(Messages.of(true, large).between(Messages.US, Messages.CARRIER, SipTransport.TCP));
        messages.addAll(over(31, Messages.US, Messages.CARRIER, SipTransport.TCP));
        write(all(), messages);

        var sound = Tool.tshark(
                files().getFirst(),
                "tcp.checksum.status == 1 && !tcp.analysis.flags && !_ws.malformed",
                List.of(),
                "frame.number");
        assertThat(sound).hasSize(messages.size());
        var calls = Tool.tshark(files().getFirst(), "sip", List.of(), "sip.Call-ID", "sip.CSeq");
        var expected = new ArrayList<String>();
        for (var message : messages) {
            expected.add(field(message, "call-id") + "|" + field(message, "cseq"));
        }
        assertThat(calls).containsExactlyElementsOf(expected);
    }

    @Test
    void sngrep_reads_calls_over_every_transport_and_both_versions_of_IP() throws IOException {
        var messages = new ArrayList<WireMessage>();
        messages.addAll(over(1, Messages.US, Messages.CARRIER, SipTransport.UDP));
        messages.addAll(over(2, Messages.US_V6, Messages.CARRIER_V6, SipTransport.UDP));
        messages.addAll(over(3, Messages.US, Messages.CARRIER, SipTransport.TCP));
        messages.addAll(over(4, Messages.US_V6, Messages.CARRIER_V6, SipTransport.TLS));
        write(all(), messages);

        String out = temporary.resolve("out.pcap").toString();
        String in = files().getFirst().toString();
        try (var sngrep = Tool.start("sngrep", temporary, "sngrep", "-N", "-q", "-I", in, "-O", out)) {
            sngrep.output();
        }
        String[] what = {"ip.src", "ipv6.src", "ip.proto", "sip.Call-ID", "sip.CSeq", "sip.Status-Code"};
        assertThat(Tool.tshark(temporary.resolve("out.pcap"), "sip", List.of(), what))
                .hasSize(28)
                .containsExactlyInAnyOrderElementsOf(read(what));
    }

    private static List<WireMessage> over(int call, Endpoint us, Endpoint them, SipTransport transport) {
        return Messages.flashCall(call).stream()
                .map(message -> message.between(us, them, transport))
                .toList();
    }

    private static String field(WireMessage message, String name) {
        var text = new MessageText(message.bytes(), message.length());
        assertThat(text.find(name, '\0')).isTrue();
        return new String(message.bytes(), text.start(), text.end() - text.start(), StandardCharsets.US_ASCII);
    }

    private List<String> read(String... fields) throws IOException {
        return Tool.tshark(files().getFirst(), "", List.of(), fields);
    }

    private static void write(CaptureConfig.Pcap config, List<WireMessage> messages) throws IOException {
        try (var writer = PcapWriter.start(config)) {
            messages.forEach(writer::onMessage);
        }
    }

    private static void settle(PcapWriter writer, long captured) {
        await().untilAsserted(() -> assertThat(writer.counters().captured()).isEqualTo(captured));
    }

    private void deleteAll() throws IOException {
        for (var file : files()) {
            Files.delete(file);
        }
        Files.delete(directory());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory())) {
            return all.sorted().toList();
        }
    }

    private List<String> names() throws IOException {
        return files().stream().map(file -> file.getFileName().toString()).toList();
    }
}
