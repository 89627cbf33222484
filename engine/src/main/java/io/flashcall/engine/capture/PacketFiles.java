package io.flashcall.engine.capture;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where packets are written. Confined to the capture's thread once that has started.
interface PacketFiles {

    /// Makes what has to be there.
    ///
    /// @throws IOException naming the path that cannot be written
    void open() throws IOException;

    /// Whether there is a place for a message, whose packets come next.
    boolean takes(WireMessage message) throws IOException;

    /// The numbers of the next segment of the connection that the message travels in.
    TcpStreams.Position advance(WireMessage message, int bytes);

    /// Writes one packet.
    void write(ByteBuffer packet, long micros) throws IOException;

    /// Hands what is buffered to the system.
    void flush() throws IOException;

    /// Ends what is open; the next packet may open another.
    void close() throws IOException;
}
