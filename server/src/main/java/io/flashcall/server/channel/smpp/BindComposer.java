package io.flashcall.server.channel.smpp;

import org.jsmpp.PDUStringException;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUByteBuffer;

/// Writes PDUs as the library does, but for a bind's password: the specification has 8 characters for it (SMPP 3.4
/// section 4.1.1), many SMSCs have given out longer ones, and the library's complaint would name it. The configuration
/// has checked them all.
final class BindComposer extends DefaultComposer {

    @Override
    public byte[] bind(
            int commandId,
            int sequence,
            String systemId,
            String password,
            String systemType,
            byte version,
            byte ton,
            byte npi,
            String addressRange)
            throws PDUStringException {
        var pdu = new PDUByteBuffer(commandId, 0, sequence);
        pdu.append(systemId);
        pdu.append(password);
        pdu.append(systemType);
        pdu.append(version);
        pdu.append(ton);
        pdu.append(npi);
        pdu.append(addressRange);
        return pdu.toBytes();
    }
}
