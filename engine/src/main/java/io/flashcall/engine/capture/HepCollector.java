package io.flashcall.engine.capture;

import io.flashcall.engine.CaptureConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// The collector's end of the wire. Its name is looked up at the start, and again now and then, since it may move.
/// Confined to the capture's thread once that has started.
final class HepCollector implements CaptureThread.Sink {

    private static final long LOOK_UP_EVERY_NANOS = 60_000_000_000L;
    private static final long LOOK_UP_AGAIN_NANOS = 5_000_000_000L;

    private final String host;
    private final int port;
    private final HepEncoder encoder;
    private @Nullable DatagramChannel channel;
    private @Nullable InetSocketAddress address;
    private long lookUpAt = System.nanoTime();

    HepCollector(CaptureConfig.Hep config) {
        host = config.host();
        port = config.port();
        int id = (int) config.captureId();
        encoder = new HepEncoder(id, config.authKey(), "flashcall-" + Integer.toUnsignedString(id));
    }

    /// Before the thread starts.
    ///
    /// @throws IOException the collector is not known, or cannot be sent to
    void find() throws IOException {
        try {
            lookUp();
        } catch (IOException e) {
            throw new IOException("capture.hep: " + host + ":" + port + " cannot be sent to: " + e.getMessage(), e);
        }
        if (channel == null) {
            throw new UnknownHostException("capture.hep.host: " + host
                    + " is not known (expected: an IP address, or a name that can be looked up)");
        }
    }

    /// @throws IOException the collector is not known, or its machine says that nobody listens there
    @Override
    public boolean take(WireMessage message, int note) throws IOException {
        var to = connected();
        var packet = encoder.encode(message);
        if (!packet.hasRemaining()) {
            throw new IOException("a message of " + message.length() + " bytes does not fit into a HEP packet");
        }
        try {
            to.write(packet);
        } catch (PortUnreachableException e) {
            throw new IOException("nobody listens at " + host + ":" + port, e);
        } catch (IOException e) {
            throw new IOException("collector " + host + ":" + port + ": " + e.getMessage(), e);
        }
        return true;
    }

    @Override
    public void end() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private DatagramChannel connected() throws IOException {
        if (System.nanoTime() - lookUpAt >= 0) {
            lookUp();
        }
        if (channel == null) {
            throw new UnknownHostException(host);
        }
        return channel;
    }

    /// Where a lookup fails, what was found before is still good.
    private void lookUp() throws IOException {
        var found = new InetSocketAddress(host, port);
        lookUpAt = System.nanoTime() + (found.isUnresolved() ? LOOK_UP_AGAIN_NANOS : LOOK_UP_EVERY_NANOS);
        if (found.isUnresolved() || found.equals(address)) {
            return;
        }
        var opened = DatagramChannel.open();
        try {
            opened.connect(found);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        end();
        channel = opened;
        address = found;
    }
}
