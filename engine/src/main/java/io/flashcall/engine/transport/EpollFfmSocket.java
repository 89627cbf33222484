package io.flashcall.engine.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A UDP socket in a Netty epoll loop, read with `recvmmsg` and written with `sendmmsg` from memory laid out once.
/// Allocates nothing for a datagram.
///
/// What ICMP says of its datagrams is read from the socket's error queue and told as
/// [DatagramHandler#onUndelivered].
///
/// While the kernel would block, what is queued waits in order for the socket to become writable; what no longer fits
/// is dropped, counted and reported as EAGAIN. Made, used and closed on one event loop, which owns its memory.
final class EpollFfmSocket implements DatagramIo, EpollIoHandle {

    private static final Logger LOG = LoggerFactory.getLogger(EpollFfmSocket.class);

    /// Batches read before other sockets and tasks of the loop have their turn.
    private static final int MAX_BATCHES = 4;

    /// Batches of a poll, which has nobody to wait for.
    private static final int MAX_POLLED = 16;

    private static final EpollIoOps READ = EpollIoOps.EPOLLIN;
    private static final EpollIoOps WRITE = EpollIoOps.EPOLLOUT;

    /// What a UDP socket never has: Netty takes whoever waits for nothing out of its epoll for good.
    private static final EpollIoOps ERRORS_ALONE = EpollIoOps.EPOLLRDHUP;

    private final Socket socket;
    private final InetSocketAddress localAddress;
    private final DatagramHandler handler;
    private final Arena arena = Arena.ofConfined();
    private final ReceiveBatch batch;
    private final ErrorBatch errors;
    private final SendQueue queue;
    private final SendFailures failures = new SendFailures();
    private final IoTally tally = new IoTally();
    private final KernelDrops kernelDrops;
    private final byte[] bytes = new byte[DatagramTransport.MAX_RECEIVED_BYTES];
    private final Endpoint source = new Endpoint();

    private @Nullable IoRegistration registration;
    private boolean blocked;
    private boolean gathering;
    private boolean closed;

    /// Lays out memory for a bound socket.
    ///
    /// @param v4Socket whether the socket is of family `AF_INET`
    /// @param offload  what the socket was told to do in the kernel
    /// @param kernel   what to put between the queue and the kernel: nothing but in tests
    EpollFfmSocket(
            Socket socket,
            boolean v4Socket,
            Offload offload,
            DatagramHandler handler,
            UnaryOperator<SendQueue.Kernel> kernel) {
        this.socket = socket;
        this.localAddress = socket.localAddress();
        this.handler = handler;
        this.kernelDrops = new KernelDrops(socket);
        var udp = new LinuxUdp(socket.intValue(), arena);
        this.batch = new ReceiveBatch(udp, offload.coalescing(), arena);
        this.errors = new ErrorBatch(udp, arena);
        this.queue = new SendQueue(kernel.apply(udp::send), this::onRefused, v4Socket, offload.segmenting(), arena);
    }

    /// Starts to read. Called on the loop, where registration completes at once.
    void start(IoEventLoop loop) throws IOException {
        var registered = loop.register(this);
        if (!registered.isSuccess()) {
            close();
            throw new IOException("UDP " + localAddress + ": cannot be registered with epoll", registered.cause());
        }
        registration = registered.getNow();
        await();
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
        DatagramLength.check(length);
        if (closed) {
            onDropped(token);
            return;
        }
        if (queue.offer(bytes, offset, length, to, token, lane)) {
            return;
        }
        transmit();
        if (!queue.offer(bytes, offset, length, to, token, lane)) {
            onDropped(token);
        }
    }

    @Override
    public void flush() {
        if (!closed) {
            transmit();
        }
        failures.report(handler);
    }

    /// A handler that fails must not reach Netty's loop, which would pause for a second.
    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        var ops = ((EpollIoEvent) event).ops();
        try {
            if (ops.contains(EpollIoOps.EPOLLERR)) {
                readErrors();
            }
            if (blocked && ops.contains(EpollIoOps.EPOLLOUT)) {
                onWritable();
            }
            if (!gathering) {
                read();
            }
        } catch (RuntimeException e) {
            LOG.error("UDP {}: a handler failed", localAddress, e);
        }
    }

    @Override
    public boolean gather(boolean wanted) {
        if (!closed && gathering != wanted) {
            gathering = wanted;
            await();
        }
        return true;
    }

    @Override
    public void poll() {
        for (int i = 0; i < MAX_POLLED && !closed; i++) {
            int count = batch.receive();
            if (count > 0) {
                handOverAll(count);
            } else {
                onReadError(-count);
            }
            if (count < ReceiveBatch.SIZE) {
                return;
            }
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public IoCounters counters() {
        return tally.snapshot(kernelDrops.count(), true);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /// Also called by Netty when the loop shuts down.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        push();
        queue.abandon();
        try {
            if (registration != null) {
                registration.cancel();
            }
            kernelDrops.closeSocket();
        } catch (IOException e) {
            LOG.warn("UDP {}: {}", localAddress, e.getMessage());
        } finally {
            arena.close();
            failures.report(handler);
        }
    }

    private void onWritable() {
        if (closed) {
            return;
        }
        blocked = false;
        transmit();
        if (!blocked) {
            await();
        }
        failures.reportInCycle(handler);
    }

    /// The kernel goes on signalling until its queue is empty: what is left now has another turn.
    private void readErrors() {
        for (int i = 0; i < MAX_BATCHES && !closed; i++) {
            int count = errors.receive();
            if (count > 0) {
                handler.beforeRead();
                for (int error = 0; error < count && !closed; error++) {
                    handOverError(error);
                }
                handler.afterRead();
            }
            if (count < ErrorBatch.SIZE) {
                return;
            }
        }
    }

    private void handOverError(int index) {
        if (errors.isUnreachable(index)) {
            int length = errors.take(index, bytes, source);
            try {
                handler.onUndelivered(bytes, length, source);
            } catch (RuntimeException e) {
                LOG.error("UDP {}: a handler failed on an ICMP error", localAddress, e);
            }
        }
    }

    private void read() {
        for (int i = 0; i < MAX_BATCHES && !closed; i++) {
            if (readBatch() < ReceiveBatch.SIZE) {
                return;
            }
        }
    }

    /// Reads one batch and hands it over in a cycle.
    ///
    /// @return messages read
    private int readBatch() {
        int count = batch.receive();
        if (count <= 0) {
            onReadError(-count);
            return 0;
        }
        handler.beforeRead();
        handOverAll(count);
        handler.afterRead();
        return count;
    }

    private void handOverAll(int count) {
        int whole = 0;
        int truncated = 0;
        for (int i = 0; i < count && !closed; i++) {
            if (batch.truncated(i)) {
                truncated++;
            } else {
                whole += handOverTrain(i);
            }
            if (!closed) {
                batch.makeReady(i);
            }
        }
        tally.readCycle(whole, truncated);
    }

    /// @return datagrams
    private int handOverTrain(int message) {
        int all = batch.length(message);
        int each = batch.datagramLength(message);
        int datagrams = 0;
        int offset = 0;
        do {
            int length = Math.min(each, all - offset);
            batch.copy(message, offset, bytes, length);
            batch.source(message, source);
            handOver(length);
            offset += each;
            datagrams++;
        } while (offset < all && !closed);
        return datagrams;
    }

    private void handOver(int length) {
        try {
            handler.onDatagram(bytes, length, source);
        } catch (RuntimeException e) {
            LOG.error("UDP {}: a handler failed on a datagram of {} bytes", localAddress, length, e);
        }
    }

    /// The error is gone once it was read; what ICMP said about an earlier datagram is in the error queue too.
    private void onReadError(int errno) {
        if (errno != LinuxUdp.EAGAIN && errno != LinuxUdp.EINTR) {
            LOG.debug("UDP {}: reading failed with errno {}", localAddress, errno);
        }
    }

    private void transmit() {
        if (!blocked && !push()) {
            blocked = true;
            await();
        }
    }

    /// Sends what the kernel takes at once.
    ///
    /// @return false when something is left
    private boolean push() {
        long sentBefore = queue.sent();
        long callsBefore = queue.calls();
        boolean emptied = queue.flush();
        tally.sent(queue.sent() - sentBefore, queue.calls() - callsBefore);
        return emptied;
    }

    private void onRefused(long token, int errno) {
        if (errno == LinuxUdp.EAGAIN) {
            onDropped(token);
        } else {
            tally.sendError();
            failures.add(token, errno);
        }
    }

    private void onDropped(long token) {
        tally.sendDrop();
        failures.add(token, LinuxUdp.EAGAIN);
    }

    /// Has epoll tell what is of interest now; errors it always tells.
    private void await() {
        EpollIoOps reading = gathering ? ERRORS_ALONE : READ;
        Objects.requireNonNull(registration, "registered").submit(blocked ? reading.with(WRITE) : reading);
    }
}
