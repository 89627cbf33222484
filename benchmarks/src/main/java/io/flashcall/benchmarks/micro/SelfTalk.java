package io.flashcall.benchmarks.micro;

import io.flashcall.engine.transport.DatagramHandler;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.DatagramTransport;
import io.flashcall.engine.transport.Endpoint;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A socket that sends to itself and answers what it gets with the same, as long as a round goes.
final class SelfTalk implements DatagramHandler, AutoCloseable {

    private static final int IN_FLIGHT = 32;
    private static final int LENGTH = 600;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int PATIENCE_SECONDS = 10;

    private final int round;
    private final EventLoopGroup loops;
    private final EventLoop loop;
    private final DatagramIo io;
    private final Endpoint self;
    private final Semaphore over = new Semaphore(0);
    private final Runnable begin = this::begin;
    private final byte[] message = new byte[LENGTH];
    private int sent;
    private int received;

    /// @param round datagrams of a round
    SelfTalk(DatagramTransport transport, int round) throws IOException {
        this.round = round;
        loops = transport.newLoops(1, "self-talk");
        loop = loops.next();
        io = transport.open(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), RECEIVE_BUFFER, this);
        self = Endpoint.of(io.localAddress());
    }

    /// A round, from its first datagram sent to its last one received.
    ///
    /// @throws IllegalStateException when a datagram did not come back
    void play() throws InterruptedException {
        loop.execute(begin);
        if (!over.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(received + " of " + round + " datagrams came");
        }
    }

    private void begin() {
        sent = 0;
        received = 0;
        while (sent < IN_FLIGHT) {
            send(message, LENGTH, self);
        }
        io.flush();
    }

    private void send(byte[] bytes, int length, Endpoint to) {
        sent++;
        io.send(bytes, 0, length, to, sent, 0);
    }

    @Override
    public void beforeRead() {}

    @Override
    public void onDatagram(byte[] bytes, int length, Endpoint source) {
        received++;
        if (sent < round) {
            send(bytes, length, source);
        }
    }

    @Override
    public void afterRead() {
        io.flush();
        if (received == round) {
            received = 0;
            over.release();
        }
    }

    @Override
    public void onSendError(long token, int errno) {
        throw new IllegalStateException("errno " + errno);
    }

    @Override
    public void close() {
        loop.submit(io::close).awaitUninterruptibly();
        loops.shutdownGracefully(1, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
