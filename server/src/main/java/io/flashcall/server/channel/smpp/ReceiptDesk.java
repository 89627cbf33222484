package io.flashcall.server.channel.smpp;

import io.flashcall.server.channel.smpp.ReceiptReader.Read;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.Receipts;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.util.DefaultDecomposer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what an SMSC delivers. A receipt is answered with OK after it was saved, and so that the SMSC repeats it when
/// it could not be. Messages of users are dropped. Thread-safe.
final class ReceiptDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptDesk.class);

    // Receipts that may be on their way to the store at once; those beyond have to be repeated.
    private static final int MOST = 500;

    private final ChannelName channel;
    private final ReceiptReader reader;
    private final Receipts receipts;
    private final SmppCounts counts;
    private final Semaphore places = new Semaphore(MOST);

    ReceiptDesk(ChannelName channel, ReceiptReader reader, Receipts receipts, SmppCounts counts) {
        this.channel = channel;
        this.reader = reader;
        this.receipts = receipts;
        this.counts = counts;
    }

    /// Takes a deliver_sm; returns at once.
    ///
    /// @param answer gets the command_status of the answer, once
    void take(byte[] pdu, IntConsumer answer) {
        if (!places.tryAcquire()) {
            answer.accept(SMPPConstant.STAT_ESME_RX_T_APPN);
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                answer.accept(status(pdu));
            } finally {
                places.release();
            }
        });
    }

    private int status(byte[] pdu) {
        try {
            return status(new DefaultDecomposer().deliverSm(pdu));
        } catch (PDUStringException e) {
            return e.getErrorCode();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException _) {
            LOG.warn("Channel {}: a deliver_sm that cannot be read", channel);
            return SMPPConstant.STAT_ESME_RX_P_APPN;
        }
    }

    private int status(DeliverSm message) {
        return switch (reader.read(message)) {
            case Read.Report report -> save(report);
            case Read.Other _ -> {
                counts.dropped();
                yield SMPPConstant.STAT_ESME_ROK;
            }
            case Read.Unreadable _ -> {
                LOG.warn("Channel {}: a receipt without a message id, or without a state", channel);
                yield SMPPConstant.STAT_ESME_ROK;
            }
        };
    }

    private int save(Read.Report report) {
        var state = state(report.state());
        if (state.isEmpty()) {
            return SMPPConstant.STAT_ESME_ROK;
        }
        try {
            var detail = report.error().isEmpty() ? report.state() : report.state() + " err:" + report.error();
            return receipts.received(channel, report.id(), state.get(), detail)
                    ? SMPPConstant.STAT_ESME_ROK
                    : SMPPConstant.STAT_ESME_RX_T_APPN;
        } catch (RuntimeException e) {
            LOG.error("Channel {}: a receipt could not be saved, the SMSC is to repeat it", channel, e);
            return SMPPConstant.STAT_ESME_RX_T_APPN;
        }
    }

    /// Empty when it is not final.
    private static Optional<Receipt.State> state(String word) {
        return switch (word) {
            case "DELIVRD", "DELIVERED" -> Optional.of(Receipt.State.DELIVERED);
            case "EXPIRED", "DELETED", "UNDELIV", "UNDELIVERABLE", "REJECTD", "REJECTED" ->
                Optional.of(Receipt.State.FAILED);
            case "UNKNOWN" -> Optional.of(Receipt.State.UNKNOWN);
            default -> Optional.empty();
        };
    }
}
