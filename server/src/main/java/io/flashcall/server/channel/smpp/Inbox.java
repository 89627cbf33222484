package io.flashcall.server.channel.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;

/// Reads PDUs, and takes aside what the library would hand to its own threads: answers to submits, which might be
/// overtaken there by the end of their connection, and messages, which would hold up everything else while the store is
/// slow. For the one thread that reads.
final class Inbox implements PDUReader {

    // Optional parameters make a PDU longer than the 64 KiB that message_payload may have, but never by much.
    private static final int LONGEST = 128 * 1024;

    private final PDUReader pdus = new DefaultPDUReader();
    private final Listener listener;

    Inbox(Listener listener) {
        this.listener = listener;
    }

    /// Hears of PDUs in the order in which they come; must not block.
    interface Listener {

        /// A submit_sm_resp.
        void onAnswer(int sequence, byte[] pdu);

        /// A deliver_sm.
        void onDelivery(int sequence, byte[] pdu);
    }

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        while (true) {
            var header = pdus.readPDUHeader(in);
            switch (header.getCommandId()) {
                case SMPPConstant.CID_SUBMIT_SM_RESP ->
                    listener.onAnswer(header.getSequenceNumber(), readPDU(in, header));
                case SMPPConstant.CID_DELIVER_SM ->
                    listener.onDelivery(header.getSequenceNumber(), readPDU(in, header));
                default -> {
                    return header;
                }
            }
        }
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) throws IOException {
        return readPDU(
                in,
                header.getCommandLength(),
                header.getCommandId(),
                header.getCommandStatus(),
                header.getSequenceNumber());
    }

    /// @throws IOException also when the rest of a PDU does not come in time: what came later would be read as another
    @Override
    public byte[] readPDU(DataInputStream in, int length, int id, int status, int sequence) throws IOException {
        if (length > LONGEST) {
            throw new IOException("a PDU of " + length + " octets (expected: " + LONGEST + " at most)");
        }
        try {
            return pdus.readPDU(in, length, id, status, sequence);
        } catch (SocketTimeoutException e) {
            throw new IOException("a PDU that stops in its middle", e);
        }
    }
}
