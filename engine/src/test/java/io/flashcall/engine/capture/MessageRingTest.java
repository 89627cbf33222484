package io.flashcall.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.SipTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class MessageRingTest {

    private final MessageRing ring = new MessageRing(MessageRing.SMALLEST);
    private final WireMessage taken = new WireMessage();

    @Test
    void a_message_comes_out_as_it_went_in() {
        var message = Messages.of(false, "SIP/2.0 200 OK")
                .belonging(0x8123_4567_89ab_cdefL, "carrier")
                .at(-5, Messages.MICROS)
                .between(Messages.US_V6, Messages.endpoint("203.0.113.5", 65_535), SipTransport.TLS);

        assertThat(ring.offer(message, 127)).isTrue();
        assertThat(ring.poll(taken)).isTrue();
        assertThat(ring.note()).isEqualTo(127);
        assertThat(taken.call()).isEqualTo(0x8123_4567_89ab_cdefL);
        assertThat(taken.nanos()).isEqualTo(-5);
        assertThat(taken.wallMicros()).isEqualTo(Messages.MICROS);
        assertThat(taken.local()).hasToString("[2001:db8:0:0:0:0:0:10]:5060");
        assertThat(taken.peer()).hasToString("203.0.113.5:65535");
        assertThat(taken.transport()).isEqualTo(SipTransport.TLS);
        assertThat(taken.sent()).isFalse();
        assertThat(text(taken)).isEqualTo("SIP/2.0 200 OK");
        assertThat(ring.poll(taken)).isFalse();
    }

    @Test
    void what_the_writer_does_with_its_bytes_afterwards_is_of_no_concern() {
        byte[] bytes = "INVITE".getBytes(StandardCharsets.US_ASCII);
        ring.offer(new WireMessage().carrying(true, bytes, bytes.length), 0);
        bytes[0] = 'X';

        assertThat(ring.poll(taken)).isTrue();
        assertThat(text(taken)).isEqualTo("INVITE");
        assertThat(taken.sent()).isTrue();
    }

    @Test
    void a_full_ring_takes_no_more_until_it_is_read() {
        var message = Messages.of(true, "x".repeat(1_000));
        int held = 0;
        while (ring.offer(message, 0)) {
            held++;
        }
        assertThat(held).isEqualTo(MessageRing.SMALLEST / 1_072);
        assertThat(ring.poll(taken)).isTrue();
        assertThat(ring.offer(message, 0)).isTrue();
        assertThat(ring.offer(message, 0)).isFalse();
    }

    @Test
    void messages_of_every_length_go_round_many_times() {
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            int length = i % 7 == 0 ? MessageRing.LONGEST - random.nextInt(9) : random.nextInt(3_000);
            String text = "%05d".formatted(i).repeat(length / 5 + 1).substring(0, length);
            assertThat(ring.offer(Messages.of(true, text), i % 100))
                    .as("message %d", i)
                    .isTrue();
            assertThat(ring.poll(taken)).isTrue();
            assertThat(ring.note()).isEqualTo(i % 100);
            assertThat(text(taken)).isEqualTo(text);
        }
        assertThat(ring.poll(taken)).isFalse();
    }

    @Test
    void a_message_that_is_too_long_is_not_taken() {
        byte[] bytes = new byte[MessageRing.LONGEST + 1];
        assertThat(ring.offer(new WireMessage().carrying(true, bytes, bytes.length), 0))
                .isFalse();
        assertThat(ring.poll(taken)).isFalse();
    }

    @Test
    void one_knows_how_far_it_has_been_read() {
        assertThat(ring.read()).isEqualTo(ring.written());
        ring.offer(Messages.of(true, "x"), 0);
        assertThat(ring.read()).isLessThan(ring.written());
        ring.poll(taken);
        assertThat(ring.read()).isEqualTo(ring.written());
    }

    @Test
    void many_may_write_while_one_reads() throws Exception {
        int writers = 4;
        int each = 20_000;
        int[] next = new int[writers];
        try (var threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int mine = writer;
                writing.add(threads.submit(() -> write(mine, each)));
            }
            int seen = 0;
            while (seen < writers * each) {
                if (!ring.poll(taken)) {
                    LockSupport.parkNanos(20_000);
                    continue;
                }
                seen++;
                int writer = (int) (taken.call() >>> 32);
                int number = (int) taken.call();
                assertThat(number).as("next of writer %d", writer).isEqualTo(next[writer]++);
                String expected = String.valueOf(taken.call());
                assertThat(taken.length()).isEqualTo(expected.length() * (number % 50 + 1));
                assertThat(text(taken)).isEqualTo(expected.repeat(number % 50 + 1));
            }
            for (var one : writing) {
                one.get();
            }
        }
        assertThat(ring.poll(taken)).isFalse();
    }

    private void write(int writer, int count) {
        var message = new WireMessage();
        for (int i = 0; i < count; i++) {
            long call = ((long) writer << 32) | i;
            byte[] bytes = String.valueOf(call).repeat(i % 50 + 1).getBytes(StandardCharsets.US_ASCII);
            message.belonging(call, "").carrying(true, bytes, bytes.length);
            while (!ring.offer(message, writer)) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    @Test
    void its_size_is_a_power_of_two_with_room_for_two() {
        assertThatThrownBy(() -> new MessageRing(1 << 17)).hasMessageContaining("131072");
        assertThatThrownBy(() -> new MessageRing((1 << 18) + 8)).hasMessageContaining("power of two");
    }

    private static String text(WireMessage message) {
        return new String(message.bytes(), 0, message.length(), StandardCharsets.US_ASCII);
    }
}
