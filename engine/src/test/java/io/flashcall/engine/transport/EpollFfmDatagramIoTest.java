package io.flashcall.engine.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.transport.RecordingHandler.SendError;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class EpollFfmDatagramIoTest extends DatagramIoContract {

    private static final int EACCES = 13;
    private static final int EINVAL = 22;
    private static final int EAFNOSUPPORT = 97;

    @Override
    DatagramTransport transport() {
        return new EpollFfmTransport(true);
    }

    @Test
    void many_datagrams_share_a_system_call() throws Exception {
        try (var far = new FarEnd("127.0.0.1")) {
            DatagramIo io = open("127.0.0.1");
            sendAll(io, far.endpoint(), numbered(500));
            assertThat(io.counters().out().calls()).isOne();
        }
    }

    @Test
    void trains_arrive_as_the_datagrams_that_they_are() throws Exception {
        DatagramIo io = open("127.0.0.1");
        String[] texts = numbered(300);
        onLoop(() -> {
            Endpoint self = Endpoint.of(io.localAddress());
            for (int i = 0; i < texts.length; i++) {
                byte[] text = texts[i].getBytes(StandardCharsets.US_ASCII);
                io.send(text, 0, text.length, self, i, 0);
            }
            io.flush();
        });
        awaitReceived(300);
        assertThat(handler.texts()).containsExactlyInAnyOrder(texts);
        assertThat(io.counters().in().datagrams()).isEqualTo(300);
        assertThat(io.counters().out().datagrams()).isEqualTo(300);
    }

    @Test
    void what_gathers_is_read_by_a_poll_and_later_at_once_again() throws Exception {
        try (var far = new FarEnd("127.0.0.1")) {
            DatagramIo io = open("127.0.0.1");
            for (int round = 1; round <= 3; round++) {
                int before = handler.texts().size();
                int cycles = handler.cyclesBegun;
                onLoop(() -> io.gather(true));
                far.send("gathers", io.localAddress());
                far.send("gathers too", io.localAddress());
                onLoop(() -> {});
                assertThat(handler.texts()).hasSize(before);
                onLoop(io::poll);
                assertThat(handler.texts()).hasSize(before + 2);
                assertThat(handler.cyclesBegun).isEqualTo(cycles);
                far.send("came before", io.localAddress());
                onLoop(() -> io.gather(false));
                awaitReceived(before + 3);
                far.send("at once", io.localAddress());
                awaitReceived(before + 4);
            }
        }
    }

    @Test
    void the_error_number_is_that_of_the_datagram() throws Exception {
        DatagramIo io = open("127.0.0.1");
        onLoop(() -> {
            io.send(new byte[1], 0, 1, Endpoint.of(address("127.0.0.1", 0)), 1);
            io.send(new byte[1], 0, 1, Endpoint.of(address("255.255.255.255", 9)), 2);
            io.send(new byte[1], 0, 1, Endpoint.of(address("::1", 9)), 3);
            io.flush();
        });
        assertThat(handler.sendErrors)
                .containsExactly(new SendError(1, EINVAL), new SendError(2, EACCES), new SendError(3, EAFNOSUPPORT));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "::, 127.0.0.1", "::, ::1"})
    void a_closed_port_is_told_with_what_was_sent_there(String local, String peer) throws Exception {
        DatagramIo io = open(local);
        Endpoint closed = closedPort(peer);
        sendAll(io, closed, "INVITE to nobody");
        await().untilAsserted(() -> assertThat(handler.undelivered).hasSize(1));
        assertThat(handler.undelivered.getFirst().quoted()).isEqualTo("INVITE to nobody");
        assertThat(handler.undelivered.getFirst().destination().toString()).isEqualTo(closed.toString());
        assertThat(handler.sendErrors).isEmpty();
    }

    /// Each datagram to the closed port leaves an error behind that fails the next call, whatever that sends.
    @Test
    void neither_a_datagram_nor_an_error_is_lost_when_some_go_to_a_closed_port() throws Exception {
        try (var far = new FarEnd("127.0.0.1")) {
            DatagramIo io = open("127.0.0.1");
            Endpoint closed = closedPort("127.0.0.1");
            String[] numbered = numbered(200);
            onLoop(() -> {
                for (String text : numbered) {
                    queueAll(io, closed, text);
                    queueAll(io, far.endpoint(), text);
                }
                io.flush();
            });
            assertThat(far.receiveTexts(200)).containsExactly(numbered);
            await().untilAsserted(() -> assertThat(handler.undelivered).hasSize(200));
            assertThat(handler.undelivered.stream().map(RecordingHandler.Undelivered::quoted))
                    .containsExactly(numbered);
            assertThat(handler.sendErrors).isEmpty();
            assertThat(handler.cyclesBegun).isEqualTo(handler.cyclesEnded);
        }
    }

    @Test
    void the_loop_rests_once_the_errors_are_read() throws Exception {
        DatagramIo io = open("127.0.0.1");
        sendAll(io, closedPort("127.0.0.1"), "INVITE");
        await().untilAsserted(() -> assertThat(handler.undelivered).hasSize(1));
        int cycles = handler.cyclesBegun;
        try (var far = new FarEnd("127.0.0.1")) {
            far.send("one more", io.localAddress());
            await().untilAsserted(() -> assertThat(handler.texts()).containsExactly("one more"));
        }
        assertThat(handler.cyclesBegun).isEqualTo(cycles + 1);
    }

    private static Endpoint closedPort(String host) throws IOException {
        try (var gone = new FarEnd(host)) {
            return gone.endpoint();
        }
    }

    @Test
    void what_the_kernel_drops_is_counted_even_after_the_socket_is_closed() throws Exception {
        try (var far = new FarEnd("127.0.0.1")) {
            DatagramIo io = open("127.0.0.1", 4096);
            onLoop(() -> {
                for (String text : numbered(200)) {
                    far.send(text, io.localAddress());
                }
            });
            await().untilAsserted(() -> assertThat(
                            io.counters().in().datagrams() + io.counters().in().kernelDrops())
                    .isEqualTo(200));
            assertThat(io.counters().in().kernelDrops()).isPositive();
            onLoop(io::close);
            assertThat(io.counters().in().kernelDrops()).isPositive();
        }
    }

    @Test
    void what_the_kernel_will_not_take_yet_leaves_in_order_once_the_socket_is_writable() throws Exception {
        try (var far = new FarEnd("127.0.0.1")) {
            var refusals = new AtomicInteger(3);
            DatagramIo io = openOn(real ->
                    (headers, count) -> refusals.getAndDecrement() > 0 ? -LinuxUdp.EAGAIN : real.send(headers, count));
            String[] numbered = numbered(100);
            onLoop(() -> {
                queueAll(io, far.endpoint(), numbered);
                io.flush();
                io.flush();
            });
            assertThat(far.receiveTexts(100)).containsExactly(numbered);
            assertThat(handler.sendErrors).isEmpty();
            assertThat(refusals.get()).isNegative();
        }
    }

    /// Who retires a call and queues its events for that can hand them on at the cycle's end.
    @Test
    void what_fails_when_the_socket_is_writable_again_is_reported_in_a_cycle() throws Exception {
        var answers = new AtomicInteger();
        DatagramIo io = openOn(_ -> (_, _) -> answers.getAndIncrement() == 0 ? -LinuxUdp.EAGAIN : -EACCES);
        onLoop(() -> {
            io.send(new byte[1], 0, 1, Endpoint.of(address("127.0.0.1", 9)), 5);
            io.flush();
        });
        await().untilAsserted(() -> assertThat(handler.cyclesEnded).isOne());
        assertThat(handler.cyclesBegun).isOne();
        assertThat(handler.sendErrors).containsExactly(new SendError(5, EACCES));
        assertThat(handler.errorsOutside).as("errors outside of a cycle").isZero();
    }

    @Test
    void more_than_the_queue_holds_is_dropped_and_counted_while_the_kernel_takes_nothing() throws Exception {
        DatagramIo io = openOn(_ -> (_, _) -> -LinuxUdp.EAGAIN);
        Endpoint to = Endpoint.of(address("127.0.0.1", 9));
        onLoop(() -> {
            queueAll(io, to, numbered(Pending.MAX_DATAGRAMS + 2));
            io.flush();
        });
        assertThat(handler.sendErrors)
                .containsExactly(
                        new SendError(Pending.MAX_DATAGRAMS, LinuxUdp.EAGAIN),
                        new SendError(Pending.MAX_DATAGRAMS + 1, LinuxUdp.EAGAIN));
        assertThat(io.counters().out().drops()).isEqualTo(2);
        onLoop(io::close);
        assertThat(io.counters().out().drops()).isEqualTo(Pending.MAX_DATAGRAMS + 2);
    }

    private DatagramIo openOn(UnaryOperator<SendQueue.Kernel> kernel) throws Exception {
        return loop.submit(() -> {
                    var socket = LinuxSocket.newSocketDgram(false);
                    socket.bind(address("127.0.0.1", 0));
                    var io = new EpollFfmSocket(socket, true, Offload.of(socket), handler, kernel);
                    io.start((IoEventLoop) loop);
                    return io;
                })
                .get();
    }
}
