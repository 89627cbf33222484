package io.flashcall.testbed.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Cuts a byte stream into messages by their Content-Length (RFC 3261 §18.3), however the network has cut
/// it. Blocking; confined to one thread.
public final class StreamReader {

    static final int MOST_HEADER_BYTES = 64 << 10;
    static final int MOST_BODY_BYTES = 1 << 20;

    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;

    public StreamReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /// What comes next, whole: a message, or the four bytes of a ping (RFC 5626 §3.5.1); nothing at the end
    /// of the stream. A single line break between messages is passed over.
    ///
    /// @throws IOException if the stream breaks, or goes on with what cannot be framed
    public Optional<byte[]> next() throws IOException {
        int breaks = 0;
        int first = in.read();
        while (first == '\r' || first == '\n') {
            breaks++;
            if (breaks == PING.length) {
                return Optional.of(PING.clone());
            }
            first = in.read();
        }
        return first < 0 ? Optional.empty() : Optional.of(message(first));
    }

    /// Whether these bytes are a ping rather than a message.
    public static boolean isPing(byte[] bytes) {
        return bytes.length == PING.length && bytes[0] == '\r';
    }

    private byte[] message(int first) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
        message.write(first);
        // How much of the blank line that ends the header has been seen, 0 to 4.
        int seen = 0;
        while (seen < PING.length) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the stream ended within a header of " + message.size() + " bytes");
            }
            if (message.size() >= MOST_HEADER_BYTES) {
                throw new IOException(
                        "header: " + message.size() + " bytes (expected: at most " + MOST_HEADER_BYTES + ")");
            }
            message.write(b);
            seen = b == PING[seen] ? seen + 1 : b == '\r' ? 1 : 0;
        }
        int length = contentLength(message.toString(StandardCharsets.ISO_8859_1));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the stream ended after " + body.length + " of " + length + " bytes of a body");
        }
        message.writeBytes(body);
        return message.toByteArray();
    }

    /// Without the header the body is taken to be empty; the judge has its say about that.
    private static int contentLength(String header) throws IOException {
        for (String line : header.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).trim();
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l")) {
                String value = line.substring(colon + 1).trim();
                if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) > MOST_BODY_BYTES) {
                    throw new IOException(
                            "Content-Length '" + value + "' (expected: a number from 0 to " + MOST_BODY_BYTES + ")");
                }
                return Integer.parseInt(value);
            }
        }
        return 0;
    }
}
