package io.flashcall.engine.capture;

import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.SipTransport;
import java.io.IOException;

/// Writes an engine's messages to files that Wireshark, tshark and sngrep read. A message costs its event loop
/// a copy; a thread of its own writes. A disk that is slow or full costs messages, which are counted, and never
/// a call.
///
/// Messages over UDP are written as they travelled. Of messages over TCP, the segments are made up: they hold
/// the messages, one behind another, without the handshake. Messages over TLS are written as such segments too,
/// in plain text, to the ports that were used; tshark 4.0 and sngrep 1.6 read them as SIP at 5061 too.
///
/// Thread-safe.
public final class PcapWriter implements TraceListener, AutoCloseable {

    /// A fifth of a second of 5,000 calls a second.
    private static final int RING_BYTES = 1 << 23;

    private static final long TRY_AGAIN_NANOS = 5_000_000_000L;

    private final PcapFilter filter;
    private final CaptureThread thread;

    private PcapWriter(PcapFilter filter, CaptureThread thread) {
        this.filter = filter;
        this.thread = thread;
    }

    /// Opens the first file, if it is not one for each call, and writes the messages of the trunk that the
    /// configuration names, or all.
    ///
    /// @throws IOException naming the path that cannot be written
    public static PcapWriter start(CaptureConfig.Pcap config) throws IOException {
        boolean eachCall = config.per() == CaptureConfig.Per.CALL;
        var filter = new PcapFilter(config.trunk(), eachCall);
        var files = eachCall ? new PcapCalls(config) : new PcapFiles(config);
        files.open();
        var sink = new Sink(filter, files);
        return new PcapWriter(filter, new CaptureThread("flashcall-pcap", RING_BYTES, sink).start());
    }

    @Override
    public void onMessage(WireMessage message) {
        int judgement = filter.judge(message);
        if (judgement == PcapFilter.LEAVE) {
            thread.leaveOut();
        } else {
            thread.offer(message, judgement);
        }
    }

    /// So far.
    public CaptureCounters counters() {
        return thread.counters();
    }

    /// Writes what was captured, for 5 s at most, and ends the file.
    @Override
    public void close() {
        thread.close();
    }

    /// Confined to the capture's thread.
    private static final class Sink implements CaptureThread.Sink {

        private final PcapFilter filter;
        private final PacketFiles files;
        private final PacketEncoder encoder = new PacketEncoder();
        private boolean broken;
        private long tryAgainAt;

        Sink(PcapFilter filter, PacketFiles files) {
            this.filter = filter;
            this.files = files;
        }

        @Override
        public boolean take(WireMessage message, int judgement) throws IOException {
            if (!filter.takes(message, judgement)) {
                return false;
            }
            if (broken && System.nanoTime() - tryAgainAt < 0) {
                throw new IOException("writing failed a moment ago");
            }
            try {
                if (!files.takes(message)) {
                    return false;
                }
                write(message);
                broken = false;
            } catch (IOException e) {
                fail(e);
            }
            return true;
        }

        private void write(WireMessage message) throws IOException {
            int room = PacketEncoder.room(message);
            boolean udp = message.transport() == SipTransport.UDP;
            if (message.length() == 0 || (udp && message.length() > room)) {
                throw new IllegalArgumentException(
                        "message: " + message.length() + " bytes (expected: 1 to " + room + ")");
            }
            for (int at = 0; at < message.length(); at += room) {
                int length = Math.min(room, message.length() - at);
                var position = udp ? TcpStreams.Position.NONE : files.advance(message, length);
                files.write(encoder.encode(message, at, length, position), message.wallMicros());
            }
        }

        @Override
        public void idle() throws IOException {
            try {
                files.flush();
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void end() throws IOException {
            files.close();
        }

        /// The file may end in the middle of a packet, so that another is begun; not at once, for a full disk
        /// stays full for a while, and each new file drives out an old one.
        private void fail(IOException cause) throws IOException {
            broken = true;
            tryAgainAt = System.nanoTime() + TRY_AGAIN_NANOS;
            try {
                files.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
            throw cause;
        }
    }
}
