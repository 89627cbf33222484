package io.flashcall.testbed.jain.callee;

import io.flashcall.testbed.jain.CalleeCounters;
import io.flashcall.testbed.jain.CalleeOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// Takes calls with the stack's own transactions and dialogs. The stack's thread calls in; delayed steps run on a
/// thread of this class.
final class Callee implements SipListener, AutoCloseable {

    private final SipFactory factory;
    private final SipProvider provider;
    private final CalleeOptions options;
    private final MessageFactory messages;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("jain-callee").unstarted(task));

    /// INVITEs without a final response, by Call-ID. Whoever removes one may end it.
    private final Map<String, ServerTransaction> pending = new ConcurrentHashMap<>();

    private final AtomicLong invites = new AtomicLong();
    private final AtomicLong cancels = new AtomicLong();
    private final AtomicLong acks = new AtomicLong();
    private final AtomicLong byes = new AtomicLong();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    Callee(SipFactory factory, SipProvider provider, CalleeOptions options) throws SipException {
        this.factory = factory;
        this.provider = provider;
        this.options = options;
        this.messages = factory.createMessageFactory();
    }

    CalleeCounters counters() {
        return new CalleeCounters(
                invites.get(),
                cancels.get(),
                acks.get(),
                byes.get(),
                up.get(),
                open.get(),
                timeouts.get(),
                faults.get());
    }

    @Override
    public void processRequest(RequestEvent event) {
        guarded(() -> {
            Request request = event.getRequest();
            switch (request.getMethod()) {
                case Request.INVITE -> onInvite(event);
                case Request.CANCEL -> onCancel(event);
                case Request.ACK -> acks.incrementAndGet();
                case Request.BYE -> onBye(event);
                default -> respond(transaction(event), Response.OK);
            }
        });
    }

    private void onInvite(RequestEvent event) throws Exception {
        ServerTransaction invite = transaction(event);
        invites.incrementAndGet();
        open.incrementAndGet();
        pending.put(callId(event.getRequest()), invite);
        respond(invite, Response.TRYING);
        switch (options.answering()) {
            case RING, ANSWER_ON_CANCEL -> after(options.pdd(), invite, Response.RINGING);
            case RING_THEN_ANSWER -> {
                after(options.pdd(), invite, Response.RINGING);
                after(options.pdd().plus(options.answerAfter()), invite, Response.OK);
            }
            case ANSWER_AT_ONCE -> after(options.pdd(), invite, Response.OK);
            case BUSY -> after(options.pdd(), invite, Response.BUSY_HERE);
            case DECLINE -> {
                after(options.pdd(), invite, Response.RINGING);
                after(options.pdd().plus(options.answerAfter()), invite, Response.DECLINE);
            }
        }
    }

    private void after(Duration delay, ServerTransaction invite, int status) {
        var _ = later.schedule(() -> guarded(() -> proceed(invite, status)), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void proceed(ServerTransaction invite, int status) throws Exception {
        String callId = callId(invite.getRequest());
        if (status < 200 ? pending.containsKey(callId) : pending.remove(callId, invite)) {
            respond(invite, status);
        }
    }

    private void onCancel(RequestEvent event) throws Exception {
        cancels.incrementAndGet();
        respond(transaction(event), Response.OK);
        ServerTransaction invite = pending.remove(callId(event.getRequest()));
        if (invite != null) {
            boolean answer = options.answering() == CalleeOptions.Answering.ANSWER_ON_CANCEL;
            respond(invite, answer ? Response.OK : Response.REQUEST_TERMINATED);
        }
    }

    private void onBye(RequestEvent event) throws Exception {
        byes.incrementAndGet();
        up.decrementAndGet();
        respond(transaction(event), Response.OK);
    }

    private ServerTransaction transaction(RequestEvent event) throws Exception {
        ServerTransaction known = event.getServerTransaction();
        return known != null ? known : provider.getNewServerTransaction(event.getRequest());
    }

    private void respond(ServerTransaction transaction, int status) throws Exception {
        Request request = transaction.getRequest();
        Response response = messages.createResponse(status, request);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (status > 100 && to.getTag() == null) {
            // One tag for all responses of a call, the CANCEL's 200 included (RFC 3261 §9.2).
            to.setTag("callee" + Integer.toHexString(callId(request).hashCode()));
        }
        boolean dialog = request.getMethod().equals(Request.INVITE) && status > 100 && status < 300;
        if (dialog) {
            var point = provider.getListeningPoint("udp");
            var uri = factory.createAddressFactory()
                    .createAddress("<sip:callee@" + point.getIPAddress() + ":" + point.getPort() + ">");
            response.addHeader(factory.createHeaderFactory().createContactHeader(uri));
            if (status == Response.OK) {
                up.incrementAndGet();
            }
        }
        transaction.sendResponse(response);
    }

    private static String callId(Request request) {
        return ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        if (event.isServerTransaction()
                && event.getServerTransaction().getRequest().getMethod().equals(Request.INVITE)) {
            open.decrementAndGet();
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        timeouts.incrementAndGet();
    }

    @Override
    public void processResponse(ResponseEvent event) {
        faults.incrementAndGet();
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        faults.incrementAndGet();
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    private void guarded(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            faults.incrementAndGet();
            System.getLogger(Callee.class.getName()).log(System.Logger.Level.ERROR, "a call failed", e);
        }
    }

    /// A step that the stack may refuse.
    private interface Step {
        void run() throws Exception;
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
