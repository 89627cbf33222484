package io.flashcall.server.channel.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.InterfaceVersion;

/// An SMSC that lets everybody bind, and then says nothing more.
final class DeafSmsc implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger binds = new AtomicInteger();
    private final AtomicInteger enquiries = new AtomicInteger();

    private volatile byte[] lastBind = {};

    DeafSmsc() throws IOException {
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int binds() {
        return binds.get();
    }

    /// As it came.
    byte[] lastBind() {
        return lastBind;
    }

    int enquiries() {
        return enquiries.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> listen(connection));
            } catch (IOException _) {
                // It was closed.
            }
        }
    }

    private void listen(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            var reader = new DefaultPDUReader();
            while (true) {
                var header = reader.readPDUHeader(in);
                var pdu = reader.readPDU(in, header);
                if (header.getCommandId() == SMPPConstant.CID_BIND_TRANSCEIVER) {
                    lastBind = pdu;
                    binds.incrementAndGet();
                    new DefaultPDUSender()
                            .sendBindResp(
                                    connection.getOutputStream(),
                                    SMPPConstant.CID_BIND_TRANSCEIVER_RESP,
                                    header.getSequenceNumber(),
                                    "deaf",
                                    InterfaceVersion.IF_34);
                } else if (header.getCommandId() == SMPPConstant.CID_ENQUIRE_LINK) {
                    enquiries.incrementAndGet();
                }
            }
        } catch (IOException | InvalidCommandLengthException | PDUStringException _) {
            // The other side went.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
