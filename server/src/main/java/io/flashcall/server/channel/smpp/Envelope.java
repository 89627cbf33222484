package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.AddressKind;
import io.flashcall.server.config.SmppChannelConfig.Parties;
import org.jsmpp.PDUSender;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.SubmitSmCommandTask;

/// What the parts of a message have in common. Holds a number: not for logs.
///
/// @param to       the user's number, digits with the country code
/// @param validity as the protocol writes it; empty: the SMSC's own
record Envelope(Parties parties, String to, String validity) {

    SubmitSmCommandTask around(Part part, PDUSender sender) {
        var source = parties.sourceKind();
        var destination = parties.destinationKind();
        return new SubmitSmCommandTask(
                sender,
                "",
                ton(source),
                npi(source),
                parties.source(),
                ton(destination),
                npi(destination),
                to,
                new ESMClass(part.esmClass()),
                (byte) 0,
                (byte) 0,
                "",
                validity,
                new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                (byte) 0,
                new RawDataCoding((byte) part.dataCoding()),
                (byte) 0,
                part.text(),
                part.options().toArray(OptionalParameter[]::new));
    }

    private static TypeOfNumber ton(AddressKind kind) {
        return TypeOfNumber.valueOf((byte) kind.ton());
    }

    private static NumberingPlanIndicator npi(AddressKind kind) {
        return NumberingPlanIndicator.valueOf((byte) kind.npi());
    }

    @Override
    public String toString() {
        return "Envelope[hidden]";
    }
}
