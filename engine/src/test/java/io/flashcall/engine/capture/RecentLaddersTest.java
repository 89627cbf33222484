package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecentLaddersTest {

    private static final String INVITE = "INVITE sip:+442079460123@127.0.0.1:5070;user=phone SIP/2.0";

    private final RecentLadders ladders = RecentLadders.start(3_000);

    @AfterEach
    void end() {
        ladders.close();
    }

    @Test
    void a_call_s_messages_are_found_by_its_reference_and_by_its_id() {
        message(7, true, INVITE);
        message(7, false, "SIP/2.0 100 Trying");
        placed(7, "ver_a/1");
        message(7, false, "SIP/2.0 180 Ringing");

        assertThat(ladders.of("ver_a/1"))
                .extracting(LadderStep::sent, LadderStep::label, LadderStep::called)
                .containsExactly(
                        tuple(true, "INVITE", "+4420********"),
                        tuple(false, "100 Trying", ""),
                        tuple(false, "180 Ringing", ""));
        assertThat(ladders.of(new CallId(7))).isEqualTo(ladders.of("ver_a/1"));
    }

    @Test
    void numbers_are_told_to_those_alone_who_ask_for_them() {
        message(7, true, INVITE);
        message(7, false, "SIP/2.0 404 No user +442079460123");
        placed(7, "ver_a/1");

        assertThat(ladders.of("ver_a/1")).noneMatch(step -> step.toString().contains("460123"));
        assertThat(ladders.plainly("ver_a/1"))
                .extracting(LadderStep::label, LadderStep::called)
                .containsExactly(tuple("INVITE", "+442079460123"), tuple("404 No user +442079460123", ""));
        assertThat(ladders.plainly(new CallId(7))).isEqualTo(ladders.plainly("ver_a/1"));
    }

    @Test
    void a_call_is_drawn_masked_unless_the_style_says_otherwise() {
        message(7, true, INVITE);
        message(7, false, "SIP/2.0 180 Ringing");

        assertThat(ladders.draw(new CallId(7), LadderStyle.PLAIN))
                .hasSize(2)
                .first()
                .asString()
                .contains("|-- INVITE +4420******** --");
        assertThat(ladders.draw(new CallId(7), new LadderStyle(60, false, false, false)))
                .first()
                .asString()
                .contains("INVITE +442079460123");
    }

    @Test
    void what_is_not_known_has_no_messages() {
        message(7, true, INVITE);

        assertThat(ladders.of("ver_a/1")).isEmpty();
        assertThat(ladders.of(new CallId(8))).isEmpty();
        assertThat(ladders.draw(new CallId(8), LadderStyle.PLAIN)).isEmpty();
    }

    @Test
    void a_message_that_belongs_to_no_call_is_not_kept() {
        message(0, false, "OPTIONS sip:127.0.0.1 SIP/2.0");

        assertThat(ladders.calls()).isZero();
        assertThat(ladders.counters()).isEqualTo(new CaptureCounters(0, 0, 0, 1, 0, 0));
    }

    @Test
    void of_a_long_call_the_first_messages_are_kept() {
        try (var large = RecentLadders.start(100_000)) {
            for (int i = 0; i < 100; i++) {
                message(large, 7, false, "SIP/2.0 " + (100 + i) + " Progress");
            }

            assertThat(large.of(new CallId(7)))
                    .hasSize(64)
                    .extracting(LadderStep::label)
                    .startsWith("100 Progress", "101 Progress")
                    .endsWith("163 Progress");
        }
    }

    @Test
    void the_oldest_calls_are_forgotten_when_the_bytes_are_full() {
        for (int call = 1; call <= 20; call++) {
            message(call, true, INVITE);
            assertThat(ladders.of(new CallId(call))).as("the latest").hasSize(1);
            placed(call, "ver_a/" + call);
        }

        int left = ladders.calls();
        assertThat(left).isBetween(5, 10);
        for (int call = 1; call <= 20; call++) {
            assertThat(ladders.of(new CallId(call)))
                    .as("call %d of 20, %d are left", call, left)
                    .hasSize(call > 20 - left ? 1 : 0);
            assertThat(ladders.of("ver_a/" + call)).hasSize(call > 20 - left ? 1 : 0);
        }
    }

    @Test
    void a_call_that_is_larger_than_all_room_leaves_nothing_behind() {
        try (var tiny = RecentLadders.start(100)) {
            message(tiny, 7, true, INVITE);
            tiny.onEvent(new CallEvent.Placed(stamp(7, "ver_a/7")));

            assertThat(tiny.calls()).isZero();
            assertThat(tiny.of("ver_a/7")).isEmpty();
        }
    }

    @Test
    void many_loops_may_write_at_once() throws Exception {
        try (var large = RecentLadders.start(1 << 24);
                var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> loops = new ArrayList<>();
            for (int loop = 0; loop < 4; loop++) {
                long first = loop * 10_000L + 1;
                loops.add(threads.submit(() -> {
                    for (long call = first; call < first + 2_000; call++) {
                        message(large, call, true, INVITE);
                        large.onEvent(new CallEvent.Placed(stamp(call, "ver_a/" + call)));
                        message(large, call, false, "SIP/2.0 180 Ringing");
                    }
                }));
            }
            for (var loop : loops) {
                loop.get();
            }

            await().untilAsserted(() ->
                    assertThat(large.counters()).isEqualTo(new CaptureCounters(16_000, 16_000, 0, 0, 0, 0)));
            assertThat(large.calls()).isEqualTo(8_000);
            for (long loop = 0; loop < 4; loop++) {
                for (long call = loop * 10_000 + 1; call <= loop * 10_000 + 2_000; call++) {
                    assertThat(large.of("ver_a/" + call)).hasSize(2);
                }
            }
        }
    }

    private void message(long call, boolean sent, String startLine) {
        message(ladders, call, sent, startLine);
    }

    private static void message(RecentLadders into, long call, boolean sent, String startLine) {
        byte[] bytes = (startLine + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        into.onMessage(new WireMessage().belonging(call, "").at(1_000 * call, 0).carrying(sent, bytes, bytes.length));
    }

    private void placed(long call, String reference) {
        ladders.onEvent(new CallEvent.Placed(stamp(call, reference)));
    }

    private static CallEvent.Stamp stamp(long call, String reference) {
        return new CallEvent.Stamp(new CallId(call), reference, 0, Instant.EPOCH, 0);
    }
}
