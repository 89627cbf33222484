package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The queue against a kernel that follows a script: how many it takes, or the errno it fails with.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SendQueueTest {

    private static final int EPERM = 1;
    private static final int ENETUNREACH = 101;
    private static final int ECONNREFUSED = 111;
    private static final int HEADER_BYTES = 64;

    private final Arena arena = Arena.ofConfined();
    private final Queue<Integer> script = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Endpoint to = new Endpoint(0, 1, 5060);
    private final SendQueue queue =
            new SendQueue(this::kernel, (token, errno) -> refused.add(token + ":" + errno), false, arena);

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void one_call_takes_all_when_the_kernel_does() {
        offer("a", "b", "c");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(queue.calls()).isOne();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void a_partial_send_goes_on_where_it_stopped() {
        script.addAll(List.of(1, 1));
        offer("a", "b", "c");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a", "b", "c");
    }

    @Test
    void an_interrupted_call_is_made_again() {
        script.add(-LinuxUdp.EINTR);
        offer("a");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a");
        assertThat(refused).isEmpty();
    }

    @Test
    void an_error_belongs_to_the_first_unsent_datagram_and_the_rest_carries_on() {
        script.addAll(List.of(1, -EPERM));
        script.addAll(Collections.nCopies(SendQueue.TRIES, -ENETUNREACH));
        offer("a", "b", "c", "d");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a", "d");
        assertThat(refused).containsExactly("1:" + EPERM, "2:" + ENETUNREACH);
        assertThat(queue.sent()).isEqualTo(2);
    }

    @Test
    void what_fails_for_an_error_of_an_earlier_datagram_is_offered_again() {
        script.addAll(List.of(1, -ECONNREFUSED, 1, -ECONNREFUSED, -ENETUNREACH));
        offer("a", "b", "c");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a", "b", "c");
        assertThat(refused).isEmpty();
    }

    @Test
    void what_waits_keeps_its_place_before_what_comes_later() {
        script.addAll(List.of(2, -LinuxUdp.EAGAIN));
        offer("aa", "b", "cccc", "d");
        assertThat(queue.flush()).isFalse();
        assertThat(queue.waiting()).isEqualTo(2);
        offer("e");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("aa", "b", "cccc", "d", "e");
    }

    @Test
    void room_of_what_has_left_is_used_again() {
        byte[] large = new byte[DatagramTransport.MAX_SENT_BYTES];
        int fit = SendQueue.MAX_BYTES / large.length;
        for (int i = 0; i < fit; i++) {
            assertThat(queue.offer(large, 0, large.length, to, i)).isTrue();
        }
        assertThat(queue.offer(large, 0, large.length, to, fit)).isFalse();
        script.addAll(List.of(1, -LinuxUdp.EAGAIN));
        assertThat(queue.flush()).isFalse();
        assertThat(queue.offer(large, 0, large.length, to, fit)).isTrue();
        assertThat(queue.offer(large, 0, large.length, to, fit + 1)).isFalse();
    }

    @Test
    void what_is_abandoned_is_told_one_by_one() {
        script.addAll(List.of(1, -LinuxUdp.EAGAIN));
        offer("a", "b", "c");
        assertThat(queue.flush()).isFalse();
        queue.abandon();
        assertThat(refused).containsExactly("1:" + LinuxUdp.EAGAIN, "2:" + LinuxUdp.EAGAIN);
        assertThat(queue.waiting()).isZero();
    }

    private void offer(String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(US_ASCII);
            int token = taken.size() + queue.waiting();
            assertThat(queue.offer(bytes, 0, bytes.length, to, token)).isTrue();
        }
    }

    private int kernel(long headers, int count) {
        Integer scripted = script.poll();
        int result = scripted == null ? count : scripted;
        for (int i = 0; i < result; i++) {
            taken.add(payload(headers + (long) i * HEADER_BYTES));
        }
        return result;
    }

    /// What the kernel would read, by way of the pointers it would follow.
    @SuppressWarnings("restricted")
    private static String payload(long header) {
        MemorySegment message = MemorySegment.ofAddress(header).reinterpret(HEADER_BYTES);
        MemorySegment vector =
                MemorySegment.ofAddress(message.get(ValueLayout.JAVA_LONG, 16)).reinterpret(16);
        long length = vector.get(ValueLayout.JAVA_LONG, 8);
        byte[] bytes = MemorySegment.ofAddress(vector.get(ValueLayout.JAVA_LONG, 0))
                .reinterpret(length)
                .toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, US_ASCII);
    }
}
