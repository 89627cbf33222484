package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig;
import io.flashcall.server.config.SmppChannelConfig.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.GenericNackResponseException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.SubmitSmResp;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.SendCommandTask;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitSmCommandTask;
import org.jsmpp.util.DefaultDecomposer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection that is bound as transceiver, until it breaks. Of the library's session it changes three things:
/// submits know whether they were written; those that wait for an answer end with the connection, not with their time;
/// and what the SMSC delivers runs on threads of its own. Thread-safe.
final class Bind extends SMPPSession {

    private static final Logger LOG = LoggerFactory.getLogger(Bind.class);
    private static final String CUT = "the link was cut before the answer";
    private static final Duration UNBIND = Duration.ofSeconds(2);

    private final Pace pace;
    private final Semaphore window;
    private final Set<Integer> unanswered = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean draining;

    private Bind(SmppChannelConfig config, ReceiptDesk desk) {
        var relay = new Relay(desk);
        super(
                new SynchronizedPDUSender(new DefaultPDUSender(new BindComposer())),
                new Inbox(relay),
                new Connector(config.server(), config.pace().timeouts().bind()));
        relay.bind = this;
        this.pace = config.pace();
        this.window = new Semaphore(pace.window(), true);
        setEnquireLinkTimer(Math.toIntExact(pace.timeouts().enquireLink().toMillis()));
        setTransactionTimer(pace.timeouts().response().toMillis());
        addSessionStateListener(this::onState);
    }

    /// Connects and binds.
    ///
    /// @throws IOException when the SMSC cannot be reached, or refuses
    static Bind open(SmppChannelConfig config, ReceiptDesk desk) throws IOException {
        var server = config.server();
        var login = server.login();
        var bind = new Bind(config, desk);
        try {
            bind.connectAndBind(
                    server.host(),
                    server.port(),
                    new BindParameter(
                            BindType.BIND_TRX,
                            login.systemId(),
                            login.password(),
                            login.systemType(),
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            null),
                    config.pace().timeouts().bind().toMillis());
            return bind;
        } catch (IOException | RuntimeException e) {
            bind.close();
            throw e;
        }
    }

    boolean isUp() {
        return !draining && getSessionState().isTransmittable();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /// Submits one part, after waiting for a place in the window, and waits for the answer.
    ///
    /// @param until of [System#nanoTime]: when to stop waiting for a place
    /// @param goes  asked when there is a place: whether it is to be written at all
    Answer submit(Envelope envelope, Part part, long until, BooleanSupplier goes) {
        if (!acquire(until)) {
            return new Answer.Unsent("no place in the window");
        }
        try {
            if (!isUp()) {
                return new Answer.Unsent("the link is down");
            }
            if (!goes.getAsBoolean()) {
                return new Answer.Unwanted();
            }
            // Who was asked may have taken long.
            return System.nanoTime() < until ? exchange(envelope, part) : new Answer.Unsent("no place in the window");
        } finally {
            window.release();
        }
    }

    private boolean acquire(long until) {
        try {
            return window.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer exchange(Envelope envelope, Part part) {
        var submission = new Submission(envelope.around(part, pduSender()));
        try {
            var response = (SubmitSmResp) executeSendCommand(submission, getTransactionTimer());
            return new Answer.Accepted(response.getMessageId() == null ? "" : response.getMessageId());
        } catch (NegativeResponseException e) {
            return new Answer.Refused(e.getCommandStatus());
        } catch (GenericNackResponseException e) {
            return new Answer.Refused(e.getCommandStatus());
        } catch (UnwrittenException _) {
            return new Answer.Unsent("the link is down");
        } catch (PDUException _) {
            return new Answer.Unwritable();
        } catch (ResponseTimeoutException _) {
            return new Answer.Lost(
                    "no answer within " + pace.timeouts().response().toMillis() + " ms");
        } catch (InvalidResponseException | IOException _) {
            return new Answer.Lost("the link was cut before the answer");
        } finally {
            unanswered.remove(submission.sequence);
        }
    }

    /// Takes no more submits, waits for the answers to those that are under way, and unbinds.
    ///
    /// @param most how long to wait for answers
    void drain(Duration most) {
        draining = true;
        try {
            if (window.tryAcquire(pace.window(), most.toNanos(), TimeUnit.NANOSECONDS)) {
                // Whoever waits behind us hears at once that nothing is sent any more.
                window.release(pace.window());
            } else {
                LOG.warn("{} submits have no answer: unbinding all the same", unanswered.size());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        setTransactionTimer(UNBIND.toMillis());
        unbindAndClose();
    }

    private void onState(SessionState now, SessionState before, Session source) {
        if (now == SessionState.UNBOUND) {
            // The SMSC wants to go. It need not close, so we do, but not on this thread, which still has to answer.
            Thread.startVirtualThread(this::close);
        }
        if (now == SessionState.CLOSED) {
            ended.countDown();
            for (var sequence : unanswered) {
                var pending = removePendingResponse(sequence);
                if (pending != null) {
                    pending.doneWithInvalidResponse(new InvalidResponseException(CUT));
                }
            }
        }
    }

    private void onAnswer(int sequence, byte[] pdu) {
        var pending = removePendingResponse(sequence);
        if (pending == null) {
            LOG.debug("an answer that came too late");
            return;
        }
        try {
            pending.done(new DefaultDecomposer().submitSmResp(pdu));
        } catch (PDUStringException | IndexOutOfBoundsException | IllegalArgumentException _) {
            pending.doneWithInvalidResponse(new InvalidResponseException("an answer that cannot be read"));
        }
    }

    private void answer(int sequence, int status) {
        try {
            pduSender().sendDeliverSmResp(connection().getOutputStream(), status, sequence, "");
        } catch (IOException e) {
            // It will be repeated, and then be an old story.
            LOG.debug("a receipt could not be answered", e);
        }
    }

    /// Takes answers to who waits for them; what is delivered to the desk, and its answer back.
    private static final class Relay implements Inbox.Listener {

        private final ReceiptDesk desk;
        // Set before the connection is made.
        private volatile @org.jspecify.annotations.Nullable Bind bind;

        private Relay(ReceiptDesk desk) {
            this.desk = desk;
        }

        @Override
        public void onAnswer(int sequence, byte[] pdu) {
            var to = bind;
            if (to != null) {
                to.onAnswer(sequence, pdu);
            }
        }

        @Override
        public void onDelivery(int sequence, byte[] pdu) {
            var to = bind;
            if (to != null) {
                desk.take(pdu, status -> to.answer(sequence, status));
            }
        }
    }

    /// Nothing of it was written.
    private static final class UnwrittenException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final class Submission implements SendCommandTask {

        private final SubmitSmCommandTask task;
        private int sequence = -1;

        private Submission(SubmitSmCommandTask task) {
            this.task = task;
        }

        /// Holds the lock that the sender takes too: once it is known that the connection is there, the next thing is
        /// to write.
        @Override
        public void executeTask(OutputStream out, int number) throws PDUException, IOException {
            synchronized (out) {
                if (!connection().isOpen()) {
                    throw new UnwrittenException();
                }
                sequence = number;
                unanswered.add(number);
                task.executeTask(out, number);
            }
        }

        @Override
        public String getCommandName() {
            return task.getCommandName();
        }
    }
}
