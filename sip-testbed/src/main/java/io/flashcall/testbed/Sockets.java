package io.flashcall.testbed;

import io.flashcall.testbed.stream.Connection;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The carrier's sockets: the one it listens on for datagrams, another to answer from once some call wants it, and
/// what its [Streams] have read. Confined to the loop after it is open but for [#wakeup] and [#numb].
final class Sockets implements AutoCloseable {

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int SEND_ATTEMPTS = 1000;

    private final Selector selector;
    private final DatagramChannel main;
    private final InetSocketAddress address;
    private final Counts counts;
    private final Consumer<TraceLine> trace;
    private final boolean traced;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final ByteBuffer out = ByteBuffer.allocateDirect(65_536);
    private @Nullable DatagramChannel other;
    private @Nullable Streams streams;
    private volatile boolean numb;

    /// Hears each message.
    interface Receiver {
        /// @param bytes valid up to `length` until this returns
        void onMessage(byte[] bytes, int length, Origin source);
    }

    Sockets(CarrierConfig config, Counts counts) throws IOException {
        this.counts = counts;
        this.trace = config.trace();
        this.traced = !trace.equals(CarrierConfig.NO_TRACE);
        this.selector = Selector.open();
        try {
            this.main = open(config.listen());
            this.address = (InetSocketAddress) main.getLocalAddress();
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /// While numb it neither hears nor speaks: what comes and what goes is thrown away. From any thread.
    void numb(boolean now) {
        numb = now;
    }

    /// From now on what connections bring is received too.
    void join(Streams others) {
        streams = others;
    }

    private DatagramChannel open(InetSocketAddress local) throws IOException {
        boolean six = local.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(local);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /// Waits for a datagram at most this long; zero does not wait.
    void await(long nanos) throws IOException {
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, (nanos + 999_999) / 1_000_000));
        }
        selector.selectedKeys().clear();
    }

    void wakeup() {
        selector.wakeup();
    }

    /// Hands over what has arrived, at most `most` messages a socket; returns how many there were.
    int receive(byte[] bytes, int most, Receiver receiver) throws IOException {
        int got = drain(main, true, bytes, most, receiver);
        DatagramChannel second = other;
        Streams connected = streams;
        int more = connected == null ? 0 : drain(connected, most, receiver);
        return more + (second == null ? got : got + drain(second, false, bytes, most, receiver));
    }

    private int drain(Streams connected, int most, Receiver receiver) {
        return connected.drain(most, (bytes, length, source) -> {
            if (traced) {
                trace(false, source.address(), bytes, length);
            }
            if (!numb) {
                receiver.onMessage(bytes, length, source);
            }
        });
    }

    private int drain(DatagramChannel channel, boolean atMain, byte[] bytes, int most, Receiver receiver)
            throws IOException {
        for (int got = 0; got < most; got++) {
            in.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(in);
            if (source == null) {
                return got;
            }
            int length = in.position();
            in.get(0, bytes, 0, length);
            if (traced) {
                trace(false, source, bytes, length);
            }
            if (!numb) {
                receiver.onMessage(bytes, length, new Origin.Datagram(source, atMain));
            }
        }
        return most;
    }

    /// Sends one response; from the other port if asked to, where ports matter.
    void send(byte[] bytes, int length, Origin to, boolean fromOtherPort) {
        boolean sent = !numb
                && switch (to) {
                    case Origin.Datagram(InetSocketAddress address, boolean _) ->
                        send(bytes, length, address, fromOtherPort);
                    case Origin.Stream(Connection connection) -> connection.send(Arrays.copyOf(bytes, length));
                };
        // Too long, or nowhere to go: to the caller it is one more lost message.
        counts.add(sent ? Counts.Kind.RESPONSES : Counts.Kind.DROPPED);
        if (sent && traced) {
            trace(true, to.address(), bytes, length);
        }
    }

    private boolean send(byte[] bytes, int length, InetSocketAddress to, boolean fromOtherPort) {
        try {
            DatagramChannel channel = fromOtherPort ? otherChannel() : main;
            out.clear().put(bytes, 0, length).flip();
            int attempts = 0;
            while (channel.send(out, to) == 0 && attempts < SEND_ATTEMPTS) {
                attempts++;
                Thread.onSpinWait();
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private DatagramChannel otherChannel() throws IOException {
        DatagramChannel open = other;
        if (open == null) {
            open = open(new InetSocketAddress(address.getAddress(), 0));
            other = open;
        }
        return open;
    }

    private void trace(boolean sent, InetSocketAddress peer, byte[] bytes, int length) {
        trace.accept(
                new TraceLine(Instant.now(), sent, peer, new String(bytes, 0, length, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void close() throws IOException {
        DatagramChannel second = other;
        if (second != null) {
            second.close();
        }
        main.close();
        selector.close();
    }
}
