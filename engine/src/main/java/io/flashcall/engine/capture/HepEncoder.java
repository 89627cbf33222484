package io.flashcall.engine.capture;

import io.flashcall.engine.SipTransport;
import io.flashcall.engine.transport.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes a message as a packet of HEP version 3 (the Homer Encapsulation Protocol): `HEP3`, the packet's length,
/// then chunks of vendor, type, length and value, all in network order. The payload is the last chunk.
///
/// Not thread-safe.
final class HepEncoder {

    /// `HEP3`.
    private static final int MAGIC = 0x4845_5033;

    private static final int HEADER = 6;
    private static final int CHUNK_HEAD = 6;
    private static final int LONGEST = 65_535;
    private static final int MICROS_A_SECOND = 1_000_000;

    private static final int FAMILY = 0x01;
    private static final int PROTOCOL = 0x02;
    private static final int SOURCE_V4 = 0x03;
    private static final int DESTINATION_V4 = 0x04;
    private static final int SOURCE_V6 = 0x05;
    private static final int DESTINATION_V6 = 0x06;
    private static final int SOURCE_PORT = 0x07;
    private static final int DESTINATION_PORT = 0x08;
    private static final int SECONDS = 0x09;
    private static final int MICROS = 0x0a;
    private static final int CAPTURED_PROTOCOL = 0x0b;
    private static final int CAPTURE_ID = 0x0c;
    private static final int AUTH_KEY = 0x0e;
    private static final int PAYLOAD = 0x0f;
    private static final int CORRELATION_ID = 0x11;
    private static final int NODE_NAME = 0x13;

    private static final byte IPV4 = 2;
    private static final byte IPV6 = 10;
    private static final byte UDP = 17;
    private static final byte TCP = 6;
    private static final byte SIP = 1;

    private final int captureId;
    private final byte[] authKey;
    private final byte[] nodeName;
    private final ByteBuffer out = ByteBuffer.allocate(LONGEST);

    /// @param captureId 32 bits, unsigned
    /// @param authKey   what the collector asks for, or empty
    /// @param nodeName  what the collector calls us, or empty
    HepEncoder(int captureId, String authKey, String nodeName) {
        this.captureId = captureId;
        this.authKey = authKey.getBytes(StandardCharsets.UTF_8);
        this.nodeName = nodeName.getBytes(StandardCharsets.UTF_8);
    }

    /// Encodes one message.
    ///
    /// @return the packet, from its position to its limit, good until the next call; empty when it would be longer
    /// than 65,535 bytes
    ByteBuffer encode(WireMessage message) {
        var text = new MessageText(message.bytes(), message.length());
        int callId = text.find("call-id", 'i') ? text.end() - text.start() : 0;
        out.clear();
        out.putInt(MAGIC).putShort((short) 0);
        addresses(message);
        number(SECONDS, (int) Math.floorDiv(message.wallMicros(), MICROS_A_SECOND));
        number(MICROS, Math.floorMod(message.wallMicros(), MICROS_A_SECOND));
        octet(CAPTURED_PROTOCOL, SIP);
        number(CAPTURE_ID, captureId);
        bytes(AUTH_KEY, authKey, 0, authKey.length);
        bytes(NODE_NAME, nodeName, 0, nodeName.length);
        int correlation = callId == 0 ? 0 : CHUNK_HEAD + callId;
        if (out.remaining() < correlation + CHUNK_HEAD + message.length()) {
            return out.limit(0);
        }
        bytes(CORRELATION_ID, message.bytes(), callId == 0 ? 0 : text.start(), callId);
        head(PAYLOAD, message.length()).put(message.bytes(), 0, message.length());
        out.putShort(HEADER - Short.BYTES, (short) out.position());
        return out.flip();
    }

    private void addresses(WireMessage message) {
        boolean v4 = message.isV4();
        octet(FAMILY, v4 ? IPV4 : IPV6);
        octet(PROTOCOL, message.transport() == SipTransport.UDP ? UDP : TCP);
        var source = message.source();
        var destination = message.destination();
        if (v4) {
            number(SOURCE_V4, (int) source.lo());
            number(DESTINATION_V4, (int) destination.lo());
        } else {
            addressV6(SOURCE_V6, source);
            addressV6(DESTINATION_V6, destination);
        }
        head(SOURCE_PORT, Short.BYTES).putShort((short) source.port());
        head(DESTINATION_PORT, Short.BYTES).putShort((short) destination.port());
    }

    private void addressV6(int type, Endpoint address) {
        head(type, 2 * Long.BYTES).putLong(address.hi()).putLong(address.lo());
    }

    private void octet(int type, byte value) {
        head(type, Byte.BYTES).put(value);
    }

    private void number(int type, int value) {
        head(type, Integer.BYTES).putInt(value);
    }

    /// An empty one is left out.
    private void bytes(int type, byte[] from, int offset, int length) {
        if (length > 0) {
            head(type, length).put(from, offset, length);
        }
    }

    /// Vendor 0, the type, and the length with these six bytes.
    private ByteBuffer head(int type, int length) {
        return out.putShort((short) 0).putShort((short) type).putShort((short) (CHUNK_HEAD + length));
    }
}
