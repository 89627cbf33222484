package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallId;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Per;
import io.flashcall.engine.SipTransport;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PcapCallsTest {

    private static final int SMALLEST_FILE = 1 << 20;

    @TempDir
    private Path temporary;

    private CaptureConfig.Pcap perCall(String trunk) {
        return new CaptureConfig.Pcap(temporary.resolve("wire"), trunk, SMALLEST_FILE, 3).withPer(Per.CALL);
    }

    @ParameterizedTest
    @EnumSource
    void tshark_reads_each_call_from_a_file_of_its_own_though_they_share_a_connection(SipTransport transport)
            throws IOException {
        var first = Messages.flashCall(1);
        var second = Messages.flashCall(2);
        var none = Messages.flashCall(0);
        var mixed = new ArrayList<WireMessage>();
        for (int i = 0; i < first.size(); i++) {
            mixed.addAll(List.of(first.get(i), second.get(i), none.get(i)));
        }
        mixed.forEach(message -> message.between(Messages.US, Messages.CARRIER, transport));

        assertThat(write(perCall(""), mixed)).isEqualTo(new CaptureCounters(14, 14, 0, 7, 0, 0));

        assertThat(names()).containsExactly(name(1), name(2));
        for (int call = 1; call <= 2; call++) {
            assertThat(Tool.tshark(file(call), "!_ws.malformed && !tcp.analysis.flags", List.of(), "sip.Call-ID"))
                    .hasSize(7)
                    .containsOnly("call-" + call);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(call))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_newest_calls_are_kept_and_what_comes_for_others_is_left_out() throws IOException {
        var messages = new ArrayList<WireMessage>();
        for (int call = 1; call <= 5; call++) {
            messages.addAll(Messages.flashCall(call).subList(0, 3));
        }
        messages.addAll(Messages.flashCall(1).subList(3, 7));
        messages.addAll(Messages.flashCall(5).subList(3, 7));

        assertThat(write(perCall(""), messages)).isEqualTo(new CaptureCounters(19, 19, 0, 4, 0, 0));

        assertThat(names()).containsExactly(name(3), name(4), name(5));
        assertThat(Tool.tshark(file(5), "sip", List.of(), "sip.Call-ID")).hasSize(7);
    }

    @Test
    void files_of_an_earlier_run_leave_first_and_a_call_of_the_same_id_has_another_file() throws IOException {
        for (int call = 1; call <= 3; call++) {
            write(perCall(""), Messages.flashCall(call));
        }
        // The answer to a call that is not of this run is not added to its file.
        var messages = new ArrayList<>(Messages.flashCall(2).subList(1, 3));
        messages.addAll(Messages.flashCall(3).subList(0, 4));
        messages.addAll(Messages.flashCall(4));
        messages.forEach(message -> message.at(1, Messages.MICROS + 60_000_000));

        assertThat(write(perCall(""), messages)).isEqualTo(new CaptureCounters(11, 11, 0, 2, 0, 0));

        assertThat(names()).containsExactly(name(3), name("030505.678", 3), name("030505.678", 4));
        assertThat(Tool.tshark(file(3), "sip", List.of(), "frame.number")).hasSize(7);
        assertThat(Tool.tshark(file(name("030505.678", 3)), "sip", List.of(), "frame.number"))
                .hasSize(4);
        assertThat(Tool.tshark(file(name("030505.678", 4)), "sip", List.of(), "frame.number"))
                .hasSize(7);
    }

    @Test
    void a_file_that_is_full_takes_no_more_and_other_calls_go_on() throws IOException {
        var messages = new ArrayList<WireMessage>();
        String invite = Messages.text("INVITE sip:+442079460123@203.0.113.5 SIP/2.0", "call-1", "1 INVITE");
        for (int i = 0; i < 20; i++) {
            messages.add(Messages.of(1, true, invite + "x".repeat(60_000)));
        }
        messages.addAll(Messages.flashCall(2));

        var counters = write(perCall(""), messages);

        assertThat(counters.leftOut()).isEqualTo(3);
        assertThat(Files.size(file(1))).isBetween(SMALLEST_FILE - 65_535L, (long) SMALLEST_FILE);
        assertThat(Tool.tshark(file(2), "sip", List.of(), "frame.number")).hasSize(7);
    }

    @Test
    void with_a_trunk_its_calls_alone_have_files() throws IOException {
        var messages = new ArrayList<WireMessage>();
        for (int call = 1; call <= 2; call++) {
            for (var message : Messages.flashCall(call)) {
                messages.add(message.belonging(call, message.sent() ? call == 1 ? "ours" : "other" : ""));
            }
        }

        assertThat(write(perCall("ours"), messages)).isEqualTo(new CaptureCounters(7, 7, 0, 7, 0, 0));

        assertThat(names()).containsExactly(name(1));
    }

    @Test
    void a_directory_that_cannot_be_written_is_named_at_the_start() throws IOException {
        Files.writeString(temporary.resolve("wire"), "a file");
        assertThatThrownBy(() -> PcapWriter.start(perCall("")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("capture.pcap.directory: " + temporary.resolve("wire") + " cannot be used: ");
    }

    private static CaptureCounters write(CaptureConfig.Pcap config, List<WireMessage> messages) throws IOException {
        var writer = PcapWriter.start(config);
        try (writer) {
            messages.forEach(writer::onMessage);
        }
        return writer.counters();
    }

    private static String name(int call) {
        return name("030405.678", call);
    }

    private static String name(String time, int call) {
        return "flashcall-call-20260102T" + time + "Z-" + new CallId(call) + ".pcap";
    }

    private Path file(int call) {
        return file(name(call));
    }

    private Path file(String name) {
        return temporary.resolve("wire").resolve(name);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(temporary.resolve("wire"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".pcap"))
                    .sorted()
                    .toList();
        }
    }
}
