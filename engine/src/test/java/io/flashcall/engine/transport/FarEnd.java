package io.flashcall.engine.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The peer of a test: a plain Java socket that shares nothing with the transports.
final class FarEnd implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final DatagramSocket socket;

    FarEnd(String host) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
        socket.setReceiveBufferSize(4 << 20);
        socket.setSendBufferSize(4 << 20);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    Endpoint endpoint() {
        return Endpoint.of((InetSocketAddress) socket.getLocalSocketAddress());
    }

    void send(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    void send(String text, InetSocketAddress to) throws IOException {
        send(text.getBytes(US_ASCII), to);
    }

    byte[] receive() throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    List<String> receiveTexts(int count) throws IOException {
        var texts = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            texts.add(new String(receive(), US_ASCII));
        }
        return texts;
    }

    @Override
    public void close() {
        socket.close();
    }
}
