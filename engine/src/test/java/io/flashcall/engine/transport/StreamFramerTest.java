package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flashcall.engine.sip.Limits;
import io.flashcall.engine.transport.StreamFramer.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamFramerTest {

    private static final String RINGING = "SIP/2.0 180 Ringing\r\nCall-ID: a\r\nContent-Length: 0\r\n\r\n";
    private static final String WITH_BODY = "SIP/2.0 183 Progress\r\nContent-Length: 7\r\n\r\nv=0\r\n\r\n";
    private static final String COMPACT = "BYE sip:a@b SIP/2.0\r\nl:0\r\nv: SIP/2.0/TCP c\r\n\r\n";
    private static final String FOLDED = "SIP/2.0 487 Gone\r\ncOnTeNt-LeNgTh \t:\r\n  3\r\nX: y\r\n\r\nl:9";
    private static final String BARE_LF = "SIP/2.0 200 OK\nContent-Length: 002\n\n\r\n";
    private static final List<String> ALL = List.of(RINGING, WITH_BODY, COMPACT, FOLDED, BARE_LF);

    private final Found found = new Found();
    private final StreamFramer framer = new StreamFramer(found);

    @Test
    void several_messages_in_one_segment_come_out_one_by_one() {
        assertThat(feed(String.join("", ALL))).isEqualTo(Verdict.OK);
        assertThat(found.messages).isEqualTo(ALL);
        assertThat(framer.pendingBytes()).isZero();
    }

    @Test
    void one_message_in_many_segments_comes_out_whole() {
        for (int i = 0; i < WITH_BODY.length(); i++) {
            assertThat(found.messages).isEmpty();
            assertThat(feed(WITH_BODY.substring(i, i + 1))).isEqualTo(Verdict.OK);
        }
        assertThat(found.messages).containsExactly(WITH_BODY);
    }

    @Test
    void a_stream_cut_in_two_at_any_byte_holds_the_same_messages() {
        String stream = String.join("", ALL);
        for (int cut = 0; cut <= stream.length(); cut++) {
            var here = new Found();
            var framing = new StreamFramer(here);
            feed(framing, stream.substring(0, cut));
            assertThat(feed(framing, stream.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(Verdict.OK);
            assertThat(here.messages).as("cut at %d", cut).isEqualTo(ALL);
            assertThat(here.pings + here.pongs).as("cut at %d", cut).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_126})
    void random_messages_cut_at_random_come_out_as_they_went_in(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            var here = new Found();
            var framing = new StreamFramer(here);
            var sent = new ArrayList<String>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                sent.add(randomMessage(random));
            }
            int longest = random.nextBoolean() ? 10 : 3_000;
            int expectedPings = feedCutAtRandom(framing, sent, random, longest);
            assertThat(here.messages).as("seed %d, run %d", seed, run).isEqualTo(sent);
            assertThat(here.pings).as("seed %d, run %d", seed, run).isEqualTo(expectedPings);
        }
    }

    /// With a ping of the peer's ahead of some messages.
    ///
    /// @return how many
    private static int feedCutAtRandom(StreamFramer framing, List<String> sent, Random random, int longest) {
        var stream = new StringBuilder();
        int pings = 0;
        for (String message : sent) {
            if (random.nextInt(5) == 0) {
                pings++;
                stream.append("\r\n\r\n");
            }
            stream.append(message);
        }
        int at = 0;
        while (at < stream.length()) {
            int next = Math.min(stream.length(), at + random.nextInt(1, longest));
            assertThat(feed(framing, stream.substring(at, next))).isEqualTo(Verdict.OK);
            at = next;
        }
        return pings;
    }

    private static String randomMessage(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "SIP/2.0 180 R\r\n" : "OPTIONS sip:x SIP/2.0\r\n");
        int before = random.nextInt(5);
        for (int i = 0; i < before; i++) {
            text.append("X-")
                    .append(i)
                    .append(": l:7 ")
                    .append("x".repeat(random.nextInt(200)))
                    .append("\r\n");
        }
        var body = new StringBuilder();
        for (int i = random.nextInt(400); i > 0; i--) {
            body.append("\r\n SIP/2.0l:".charAt(random.nextInt(12)));
        }
        String name = List.of("Content-Length", "l", "CONTENT-LENGTH  ", "L\t").get(random.nextInt(4));
        text.append(name).append(random.nextBoolean() ? ":" : ":\r\n ").append(body.length());
        return text.append("\r\nLast: 1\r\n\r\n").append(body).toString();
    }

    @Test
    void line_ends_before_a_message_do_not_belong_to_it() {
        feed("\r\n" + RINGING + "\n\r" + RINGING);
        assertThat(found.messages).containsExactly(RINGING, RINGING);
    }

    @Test
    void two_line_ends_between_messages_are_a_ping_however_they_are_cut() {
        String stream = RINGING + "\r\n\r\n" + WITH_BODY;
        for (int cut = 0; cut <= stream.length(); cut++) {
            var here = new Found();
            var framing = new StreamFramer(here);
            feed(framing, stream.substring(0, cut));
            feed(framing, stream.substring(cut));
            assertThat(here.pings).as("cut at %d", cut).isOne();
            assertThat(here.pongs).as("cut at %d", cut).isZero();
            assertThat(here.messages).as("cut at %d", cut).containsExactly(RINGING, WITH_BODY);
        }
    }

    @Test
    void a_line_end_that_was_asked_for_is_a_pong_however_it_is_cut() {
        for (String stream : List.of("\r\n", RINGING + "\r\n" + RINGING)) {
            for (int cut = 0; cut <= stream.length(); cut++) {
                var here = new Found();
                var framing = new StreamFramer(here);
                framing.expectPong();
                feed(framing, stream.substring(0, cut));
                feed(framing, stream.substring(cut));
                assertThat(here.pongs).as("cut at %d of %s", cut, stream).isOne();
                assertThat(here.pings).as("cut at %d of %s", cut, stream).isZero();
            }
        }
    }

    @Test
    void pongs_one_after_the_other_are_not_a_ping() {
        for (int i = 1; i <= 3; i++) {
            framer.expectPong();
            feed("\r\n");
            assertThat(found.pongs).isEqualTo(i);
        }
        assertThat(found.pings).isZero();
    }

    @Test
    void a_peer_that_asks_while_we_ask_gets_its_answer_and_gives_ours() {
        framer.expectPong();
        feed("\r\n\r\n");
        feed("\r\n");
        assertThat(found.pings).isOne();
        assertThat(found.pongs).isOne();
    }

    @Test
    void line_ends_within_a_body_are_no_keep_alive() {
        framer.expectPong();
        feed("SIP/2.0 200 OK\r\nl: 4\r\n\r\n\r\n\r\n");
        assertThat(found.messages).hasSize(1);
        assertThat(found.pings + found.pongs).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: -1', BAD_CONTENT_LENGTH",
        "'Content-Length: +1', BAD_CONTENT_LENGTH",
        "'Content-Length: 1x', BAD_CONTENT_LENGTH",
        "'Content-Length: 0x1', BAD_CONTENT_LENGTH",
        "'Content-Length: 1 1', BAD_CONTENT_LENGTH",
        "'Content-Length: 1, 1', BAD_CONTENT_LENGTH",
        "'Content-Length:', BAD_CONTENT_LENGTH",
        "'Content-Length: 1\r\nl: 2', BAD_CONTENT_LENGTH",
        "'Content-Length: 65536', MESSAGE_TOO_LONG",
        "'Content-Length: 4294967297', MESSAGE_TOO_LONG",
        "'Content-Length: 99999999999999999999', MESSAGE_TOO_LONG",
        "'Content-Length; 0', NO_CONTENT_LENGTH",
        "'Content-Lengths: 0', NO_CONTENT_LENGTH",
        "'X: y\r\n Content-Length: 0', NO_CONTENT_LENGTH",
        "'Location: 0', NO_CONTENT_LENGTH",
    })
    void a_message_whose_end_is_not_told_ends_the_stream(String header, Verdict expected) {
        assertThat(feed("SIP/2.0 200 OK\r\n" + header + "\r\n\r\n")).isEqualTo(expected);
        assertThat(feed(RINGING)).as("ever after").isEqualTo(expected);
        assertThat(found.messages).isEmpty();
    }

    @Test
    void a_content_length_said_twice_is_good_when_both_agree() {
        assertThat(feed("SIP/2.0 200 OK\r\nl: 1\r\nContent-Length: 01\r\n\r\nx"))
                .isEqualTo(Verdict.OK);
        assertThat(found.messages).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "220 mail.example ESMTP\r\n",
                "INVITE sip:a@b\r\n",
                "SIP\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002(",
                "SIP/2.0 200\u0000OK",
            })
    void whoever_does_not_speak_sip_is_known_at_once(String greeting) {
        assertThat(feed(greeting)).isEqualTo(Verdict.NOT_SIP);
    }

    @Test
    void a_later_version_of_sip_is_sip() {
        assertThat(feed("INVITE sip:a@b SIP/7.0\r\nl: 0\r\n\r\nsip/2.0 200 OK\r\nl: 0\r\n\r\n"))
                .isEqualTo(Verdict.OK);
        assertThat(found.messages).hasSize(2);
    }

    @Test
    void the_longest_message_passes_and_one_byte_more_does_not() {
        String head = "SIP/2.0 200 OK\r\nContent-Length: 65000\r\nX: ";
        String longest = head + "x".repeat(535 - head.length() - 4) + "\r\n\r\n" + "y".repeat(65_000);
        assertThat(longest).hasSize(StreamFramer.MESSAGE_BYTES);
        assertThat(feed(longest)).isEqualTo(Verdict.OK);
        assertThat(found.messages).containsExactly(longest);
        assertThat(feed(longest.replace("X: ", "X: x"))).isEqualTo(Verdict.MESSAGE_TOO_LONG);
    }

    @Test
    void the_longest_header_section_passes_and_one_byte_more_does_not() {
        String line = "X: " + "x".repeat(495) + "\r\n";
        String end = "l: 0\r\n\r\n";
        String rest = "Y: " + "y".repeat(Limits.HEADER_BYTES - 32 * line.length() - end.length() - 5) + "\r\n";
        String longest = "SIP/2.0 200 OK\r\n" + line.repeat(32) + rest + end;
        assertThat(feed(longest)).isEqualTo(Verdict.OK);
        assertThat(found.messages).containsExactly(longest);
        assertThat(feed(longest.replace("Y: ", "Y: y"))).isEqualTo(Verdict.HEADERS_TOO_LONG);
        assertThat(found.messages).hasSize(1);
    }

    @Test
    void the_longest_start_line_passes_and_one_byte_more_does_not() {
        String longest = "SIP/2.0 200 " + "x".repeat(Limits.LINE_BYTES - 14) + "\r\n";
        assertThat(feed(longest + "l: 0\r\n\r\n")).isEqualTo(Verdict.OK);
        assertThat(found.messages).hasSize(1);
        assertThat(feed("x" + longest)).isEqualTo(Verdict.START_LINE_TOO_LONG);
    }

    @Test
    void after_it_is_abandoned_nothing_more_comes_out() {
        found.onEach = framer::abandon;
        assertThat(feed(RINGING + WITH_BODY)).isEqualTo(Verdict.OK);
        feed(RINGING);
        assertThat(found.messages).containsExactly(RINGING);
    }

    /// A framer that begins anew with each segment would look at 400 times 134 million bytes here.
    @Test
    @Timeout(10)
    void effort_does_not_grow_with_the_number_of_segments() {
        String message = "SIP/2.0 200 OK\r\n" + ("X: " + "x".repeat(95) + "\r\n").repeat(160) + "l: 0\r\n\r\n";
        byte[] bytes = message.getBytes(ISO_8859_1);
        for (int i = 0; i < 400; i++) {
            for (int at = 0; at < bytes.length; at++) {
                framer.feed(bytes, at, 1);
            }
        }
        assertThat(found.messages).hasSize(400);
    }

    @Test
    void once_warm_nothing_is_allocated_for_a_message() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var counting = new Counting();
        var framing = new StreamFramer(counting);
        byte[] stream = (String.join("", ALL) + "\r\n\r\n").getBytes(ISO_8859_1);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                framing.feed(stream, 0, 100);
                framing.feed(stream, 100, stream.length - 100);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for %d messages", 2_000 * ALL.size()).isZero();
        assertThat(counting.messages).isPositive();
    }

    private Verdict feed(String text) {
        return feed(framer, text);
    }

    private static Verdict feed(StreamFramer framer, String text) {
        byte[] bytes = ("##" + text + "#").getBytes(ISO_8859_1);
        return framer.feed(bytes, 2, bytes.length - 3);
    }

    private static final class Found implements StreamFramer.Sink {

        final List<String> messages = new ArrayList<>();
        int pings;
        int pongs;
        Runnable onEach = () -> {};

        @Override
        public void onMessage(byte[] bytes, int length) {
            messages.add(new String(bytes, 0, length, ISO_8859_1));
            onEach.run();
        }

        @Override
        public void onPing() {
            pings++;
        }

        @Override
        public void onPong() {
            pongs++;
        }
    }

    private static final class Counting implements StreamFramer.Sink {

        long messages;

        @Override
        public void onMessage(byte[] bytes, int length) {
            messages++;
        }

        @Override
        public void onPing() {}

        @Override
        public void onPong() {}
    }
}
