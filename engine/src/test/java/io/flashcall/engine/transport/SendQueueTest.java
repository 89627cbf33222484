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
    private final Endpoint elsewhere = new Endpoint(0, 2, 5060);
    private SendQueue queue = queue(false);

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
        int fit = Pending.MAX_BYTES / large.length;
        for (int i = 0; i < fit; i++) {
            assertThat(queue.offer(large, 0, large.length, to, i, DatagramIo.IN_ORDER))
                    .isTrue();
        }
        assertThat(queue.offer(large, 0, large.length, to, fit, DatagramIo.IN_ORDER))
                .isFalse();
        script.addAll(List.of(1, -LinuxUdp.EAGAIN));
        assertThat(queue.flush()).isFalse();
        assertThat(queue.offer(large, 0, large.length, to, fit, DatagramIo.IN_ORDER))
                .isTrue();
        assertThat(queue.offer(large, 0, large.length, to, fit + 1, DatagramIo.IN_ORDER))
                .isFalse();
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

    @Test
    void equally_long_datagrams_to_one_target_share_a_send() {
        queue = queue(true);
        offer("a1", "b2", "c3");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a1|b2|c3");
        assertThat(queue.sends()).isOne();
        assertThat(queue.sent()).isEqualTo(3);
    }

    @Test
    void other_lengths_and_other_targets_have_sends_of_their_own() {
        queue = queue(true);
        offer(0, to, "a1", "long");
        offer(0, elsewhere, "b2");
        offer(0, to, "c3");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a1|c3", "long", "b2");
    }

    @Test
    void lanes_leave_one_after_the_other() {
        queue = queue(true);
        offer(3, to, "cancel 1");
        offer(1, to, "invite 2");
        offer(3, to, "cancel 2");
        offer(0, to, "ack");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("ack", "invite 2", "cancel 1|cancel 2");
    }

    @Test
    void the_last_lane_keeps_its_order() {
        queue = queue(true);
        offer("aa", "bb", "c", "dd", "ee");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("aa|bb", "c", "dd|ee");
    }

    @Test
    void a_send_has_no_more_segments_than_the_kernel_takes() {
        queue = queue(true);
        for (int i = 0; i < Pending.MAX_SEGMENTS + 1; i++) {
            offer(Integer.toString(100 + i));
        }
        assertThat(queue.flush()).isTrue();
        assertThat(taken).hasSize(2);
        assertThat(taken.getFirst().split("\\|")).hasSize(Pending.MAX_SEGMENTS);
        assertThat(taken.getLast()).isEqualTo("164");
    }

    @Test
    void what_may_not_fit_a_packet_is_no_segment() {
        queue = queue(true);
        String large = "x".repeat(Pending.LONGEST_SEGMENT + 1);
        offer(large, large);
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly(large, large);
    }

    @Test
    void a_send_of_several_that_fails_is_taken_apart() {
        queue = queue(true);
        script.addAll(List.of(-EPERM, -EPERM));
        offer("a1", "b2", "c3");
        assertThat(queue.flush()).isTrue();
        assertThat(refused).containsExactly("0:" + EPERM);
        assertThat(taken).containsExactly("b2", "c3");
        offer("d4", "e5");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("b2", "c3", "d4|e5");
    }

    @Test
    void where_the_network_card_cannot_segment_none_is_tried_again() {
        queue = queue(true);
        script.add(-LinuxUdp.EIO);
        offer("a1", "b2");
        assertThat(queue.flush()).isTrue();
        offer("c3", "d4");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("a1", "b2", "c3", "d4");
        assertThat(refused).isEmpty();
    }

    @Test
    void a_train_that_waits_leaves_with_what_joins_it() {
        queue = queue(true);
        script.addAll(List.of(1, -LinuxUdp.EAGAIN));
        offer("long", "b2", "c3");
        assertThat(queue.flush()).isFalse();
        assertThat(queue.waiting()).isEqualTo(2);
        offer("d4");
        assertThat(queue.flush()).isTrue();
        assertThat(taken).containsExactly("long", "b2|c3|d4");
    }

    private SendQueue queue(boolean segmenting) {
        return new SendQueue(
                this::kernel, (token, errno) -> refused.add(token + ":" + errno), false, segmenting, arena);
    }

    private void offer(String... texts) {
        offer(DatagramIo.IN_ORDER, to, texts);
    }

    private void offer(int lane, Endpoint target, String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(US_ASCII);
            int token = taken.size() + queue.waiting();
            assertThat(queue.offer(bytes, 0, bytes.length, target, token, lane)).isTrue();
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

    /// What the kernel would read, by way of the pointers it would follow, and cut as it would.
    @SuppressWarnings("restricted")
    private static String payload(long header) {
        MemorySegment message = MemorySegment.ofAddress(header).reinterpret(HEADER_BYTES);
        int count = (int) message.get(ValueLayout.JAVA_LONG, 24);
        MemorySegment vectors =
                MemorySegment.ofAddress(message.get(ValueLayout.JAVA_LONG, 16)).reinterpret(16L * count);
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long length = vectors.get(ValueLayout.JAVA_LONG, 16L * i + 8);
            byte[] bytes = MemorySegment.ofAddress(vectors.get(ValueLayout.JAVA_LONG, 16L * i))
                    .reinterpret(length)
                    .toArray(ValueLayout.JAVA_BYTE);
            all.append(new String(bytes, US_ASCII));
        }
        long control = message.get(ValueLayout.JAVA_LONG, 32);
        return control == 0 ? all.toString() : cut(all.toString(), segment(control));
    }

    @SuppressWarnings("restricted")
    private static int segment(long control) {
        MemorySegment told = MemorySegment.ofAddress(control).reinterpret(18);
        assertThat(told.get(ValueLayout.JAVA_INT, 8)).isEqualTo(LinuxUdp.SOL_UDP);
        assertThat(told.get(ValueLayout.JAVA_INT, 12)).isEqualTo(LinuxUdp.UDP_SEGMENT);
        return told.get(ValueLayout.JAVA_SHORT, 16);
    }

    private static String cut(String all, int segment) {
        var cars = new ArrayList<String>();
        for (int at = 0; at < all.length(); at += segment) {
            cars.add(all.substring(at, Math.min(all.length(), at + segment)));
        }
        return String.join("|", cars);
    }
}
