package io.flashcall.server.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallId;
import io.flashcall.engine.capture.LadderStep;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LadderBookTest {

    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070);

    private final LadderBook book = new LadderBook(3, 4);

    @Test
    void a_call_s_messages_are_found_by_its_reference() {
        message(7, true, "INVITE sip:+442079460123@127.0.0.1:5070;user=phone SIP/2.0");
        message(7, false, "SIP/2.0 100 Trying");
        placed(7, "ver_a/1");
        message(7, false, "SIP/2.0 180 Ringing");

        assertThat(book.of("ver_a/1"))
                .extracting(LadderStep::sent, LadderStep::label, LadderStep::called)
                .containsExactly(
                        tuple(true, "INVITE", "+4420********"),
                        tuple(false, "100 Trying", ""),
                        tuple(false, "180 Ringing", ""));
    }

    @Test
    void what_is_not_known_has_no_messages() {
        message(7, true, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0");

        assertThat(book.of("ver_a/1")).isEmpty();
    }

    @Test
    void a_number_that_a_peer_writes_into_its_answer_is_masked() {
        message(7, false, "SIP/2.0 404 No user +442079460123");
        placed(7, "ver_a/1");

        assertThat(book.of("ver_a/1").getFirst().label())
                .startsWith("404 No user +4*")
                .doesNotContain("0123");
    }

    @Test
    void a_message_that_belongs_to_no_call_is_not_kept() {
        message(0, false, "OPTIONS sip:127.0.0.1 SIP/2.0");

        assertThat(book.size()).isZero();
    }

    @Test
    void of_a_long_call_the_first_messages_are_kept() {
        placed(7, "ver_a/1");
        for (int i = 0; i < 10; i++) {
            message(7, false, "SIP/2.0 18" + i + " Progress");
        }

        assertThat(book.of("ver_a/1"))
                .extracting(LadderStep::label)
                .containsExactly("180 Progress", "181 Progress", "182 Progress", "183 Progress");
    }

    @Test
    void the_oldest_calls_are_forgotten() {
        for (int call = 1; call <= 5; call++) {
            message(call, true, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0");
            placed(call, "ver_a/" + call);
        }

        assertThat(book.size()).isEqualTo(3);
        assertThat(book.of("ver_a/1")).isEmpty();
        assertThat(book.of("ver_a/2")).isEmpty();
        assertThat(book.of("ver_a/3")).hasSize(1);
        assertThat(book.of("ver_a/5")).hasSize(1);
    }

    @Test
    void many_loops_may_write_at_once() throws Exception {
        var large = new LadderBook(100, 64);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> loops = new ArrayList<>();
            for (int loop = 0; loop < 4; loop++) {
                long first = loop * 10_000L + 1;
                loops.add(threads.submit(() -> {
                    for (long call = first; call < first + 2_000; call++) {
                        message(large, call, true, "INVITE sip:+442079460123@127.0.0.1 SIP/2.0");
                        large.onEvent(new CallEvent.Placed(stamp(call, "ver_a/" + call)));
                        message(large, call, false, "SIP/2.0 180 Ringing");
                    }
                }));
            }
            for (var loop : loops) {
                loop.get();
            }
        }

        assertThat(large.size()).isEqualTo(100);
        long found = 0;
        for (long call = 1; call < 40_000; call++) {
            found += large.of("ver_a/" + call).isEmpty() ? 0 : 1;
        }
        assertThat(found).isBetween(90L, 100L);
    }

    private void message(long call, boolean sent, String startLine) {
        message(book, call, sent, startLine);
    }

    private static void message(LadderBook into, long call, boolean sent, String startLine) {
        byte[] bytes = (startLine + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        into.onMessage(call, sent, 1_000 * call, bytes, bytes.length, PEER);
    }

    private void placed(long call, String reference) {
        book.onEvent(new CallEvent.Placed(stamp(call, reference)));
    }

    private static CallEvent.Stamp stamp(long call, String reference) {
        return new CallEvent.Stamp(new CallId(call), reference, 0, Instant.EPOCH, 0);
    }
}
