package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LadderTest {

    private static final LadderStyle UNICODE = new LadderStyle(60, true, false, false);
    private static final String HEADERS = """
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1
            From: <sip:+12025550123@127.0.0.1>;tag=a
            To: <sip:+442079460123@127.0.0.1>;tag=b
            Call-ID: c
            CSeq: 1 %s
            Content-Length: 0

            """.replace("\n", "\r\n");

    @Test
    void requests_point_to_the_peer_and_responses_to_us() {
        var ladder = new Ladder(UNICODE);
        assertThat(ladder.line(sent(5_000_000_000L, "INVITE sip:+442079460123@127.0.0.1:5070;user=phone SIP/2.0")))
                .isEqualTo("    0.000 s │── INVITE +442079460123 ─────────────────────▶│");
        assertThat(ladder.line(received(5_051_400_000L, "SIP/2.0 180 Ringing", "INVITE")))
                .isEqualTo("    0.051 s │◀────────────────────────────── 180 Ringing ──│");
    }

    @Test
    void every_line_is_as_wide_as_the_style_says() {
        for (int width : new int[] {50, 60, 80, 90}) {
            var ladder = new Ladder(new LadderStyle(width, true, false, false));
            assertThat(Stream.of(
                                    sent(0, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0"),
                                    received(1, "SIP/2.0 487 " + "long ".repeat(30), "INVITE"),
                                    sent(2, "ACK sip:+442079460123@127.0.0.1 SIP/2.0"))
                            .map(ladder::line))
                    .allMatch(line -> line.length() == width);
        }
    }

    @Test
    void a_terminal_without_unicode_gets_ascii_and_masked_numbers_if_so_wished() {
        var ladder = new Ladder(new LadderStyle(60, false, false, true));
        assertThat(ladder.line(sent(0, "INVITE sip:+442079460123@127.0.0.1:5070 SIP/2.0")))
                .isEqualTo("    0.000 s |-- INVITE +4420******** --------------------->|");
        assertThat(ladder.heading("+12025550123", "127.0.0.1").getFirst()).contains("+1202*******");
    }

    @Test
    void the_answer_to_a_CANCEL_is_told_from_an_answered_call() {
        assertThat(received(0, "SIP/2.0 200 OK", "CANCEL").label()).isEqualTo("200 OK (CANCEL)");
        assertThat(received(0, "SIP/2.0 200 OK", "INVITE").label()).isEqualTo("200 OK");
    }

    @Test
    void a_message_that_comes_again_is_marked() {
        var ladder = new Ladder(UNICODE);
        var invite = sent(0, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0");
        assertThat(ladder.line(invite)).doesNotContain("repeated");
        assertThat(ladder.line(invite)).contains("INVITE +442079460123 (repeated)");
    }

    @Test
    void both_sides_are_named_on_one_line_if_they_fit() {
        var ladder = new Ladder(UNICODE);
        assertThat(ladder.heading("flashcall", "127.0.0.1:5070"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .hasSize(60)
                        .startsWith("            flashcall  ")
                        .endsWith("  127.0.0.1:5070"));
        assertThat(ladder.heading("flashcall (+12025550123)", "carrier-a [2001:db8::1]:5060"))
                .hasSize(2);
    }

    @Test
    void a_peer_cannot_write_control_characters_to_the_terminal() {
        assertThat(received(0, "SIP/2.0 180 \u001b[2JRinging\u009b\u202e", "INVITE")
                        .label())
                .isEqualTo("180 ?[2JRinging??");
        assertThat(step(0, false, 0, new byte[] {0, 1, 2}).label()).isEqualTo("3 bytes that are no SIP");
        assertThat(step(0, false, 0, new byte[0]).label()).isEqualTo("0 bytes that are no SIP");
    }

    @Test
    void colour_tells_kinds_of_response_apart() {
        var ladder = new Ladder(new LadderStyle(60, true, true, false));
        assertThat(ladder.line(sent(0, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0")))
                .doesNotContain("\u001b");
        assertThat(ladder.line(received(1, "SIP/2.0 180 Ringing", "INVITE"))).contains("\u001b[36m");
        assertThat(ladder.line(received(2, "SIP/2.0 200 OK", "INVITE"))).contains("\u001b[32m");
        assertThat(ladder.line(received(3, "SIP/2.0 487 Request Terminated", "INVITE")))
                .contains("\u001b[33m")
                .endsWith("\u001b[0m│");
    }

    private static LadderStep sent(long nanos, String startLine) {
        return step(true, nanos, startLine, startLine.substring(0, startLine.indexOf(' ')));
    }

    private static LadderStep received(long nanos, String startLine, String method) {
        return step(false, nanos, startLine, method);
    }

    private static LadderStep step(boolean sent, long nanos, String startLine, String method) {
        byte[] bytes = (startLine + "\r\n" + HEADERS.formatted(method)).getBytes(StandardCharsets.UTF_8);
        return step(7, sent, nanos, bytes);
    }

    private static LadderStep step(long call, boolean sent, long nanos, byte[] bytes) {
        return LadderStep.of(new WireMessage().belonging(call, "").at(nanos, 0).carrying(sent, bytes, bytes.length));
    }
}
