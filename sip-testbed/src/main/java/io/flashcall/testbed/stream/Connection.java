package io.flashcall.testbed.stream;

import io.flashcall.testbed.wire.StreamReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// One connection from a caller. Thread-safe.
public final class Connection {

    private static final int MOST_WAITING = 20_000;
    private static final byte[] END = {};
    private static final long DELIVERY_NANOS = 20_000_000;
    private static final byte[] PONG = {'\r', '\n'};

    private final Socket socket;
    private final Socket wire;
    private final boolean secure;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param socket connected, its handshake done
    /// @param wire the TCP socket below it; the same one without TLS
    Connection(Socket socket, Socket wire, boolean secure) {
        this.socket = socket;
        this.wire = wire;
        this.secure = secure;
        this.peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public InetSocketAddress peer() {
        return peer;
    }

    /// The carrier's end.
    public InetSocketAddress local() {
        return local;
    }

    /// Whether it is TLS.
    public boolean secure() {
        return secure;
    }

    public boolean isClosed() {
        return closed.get();
    }

    /// Sends these bytes, which must not change any more; whether there is still somebody to send them to.
    /// Never blocks: a caller who does not read is reset.
    public boolean send(byte[] bytes) {
        if (closed.get()) {
            return false;
        }
        if (!waiting.offer(bytes)) {
            reset();
            return false;
        }
        return true;
    }

    /// Ends it with a TCP reset: the caller sees an error, not an end.
    public void reset() {
        try {
            // Below TLS, which would take its leave in order first.
            wire.setSoLinger(true, 0);
            wire.close();
        } catch (IOException _) {
            // It is gone already.
        }
        close();
    }

    /// The same once everything that was sent has left.
    public void resetAfterSending() {
        send(END);
    }

    /// Ends it.
    public void close() {
        if (closed.compareAndSet(false, true)) {
            waiting.clear();
            waiting.offer(END);
            try {
                socket.close();
            } catch (IOException _) {
                // It is gone already.
            }
        }
    }

    /// Reads until it ends; then tells why.
    ///
    /// @param pong whether pings are answered
    void read(StreamEvents events, boolean pong) {
        String why = "ended by the caller";
        try {
            StreamReader reader = new StreamReader(socket.getInputStream());
            Optional<byte[]> next = reader.next();
            while (next.isPresent()) {
                events.onMessage(this, next.get());
                if (pong && StreamReader.isPing(next.get())) {
                    send(PONG);
                }
                next = reader.next();
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        close();
        events.onClosed(this, why);
    }

    /// Writes what [#send] has left, until it ends.
    void write() {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] bytes = waiting.take();
            while (bytes.length > 0) {
                out.write(bytes);
                bytes = waiting.take();
            }
            if (!closed.get()) {
                // A reset overtakes what the caller has not read yet.
                LockSupport.parkNanos(DELIVERY_NANOS);
                reset();
            }
        } catch (IOException _) {
            close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
