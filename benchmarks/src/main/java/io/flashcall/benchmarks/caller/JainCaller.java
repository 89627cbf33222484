package io.flashcall.benchmarks.caller;

import gov.nist.javax.sip.SipProviderImpl;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.flashcall.benchmarks.rig.Schedule;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/// Flash calls by the reference implementation of JAIN-SIP: client transactions without dialogs, requests cloned from
/// one that was parsed beforehand, no logs, large socket buffers, no searches. The stack sends the ACK of the 487
/// itself.
public final class JainCaller implements SipListener {

    private static final long TICK_NANOS = 1_000_000;
    private static final long LONGEST_END_NANOS = 4_000_000_000L;
    private static final int RINGING = 180;
    private static final int TERMINATED = 487;

    private final SipStackImpl stack;
    private final SipProviderImpl provider;
    private final Request template;
    private final long ringMillis;
    private final ScheduledExecutorService hangUps = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hang-ups").factory());
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private JainCaller(SipStackImpl stack, SipProviderImpl provider, Request template, long ringMillis) {
        this.stack = stack;
        this.provider = provider;
        this.template = template;
        this.ringMillis = ringMillis;
    }

    /// `ADDR:PORT CALLS-A-SECOND CALLS RAMP-MS RING-MS`: prints `{"placed":N,"ended":N,"failed":N}`.
    public static void main(String[] arguments) throws Exception {
        var schedule = Schedule.of(arguments[1], arguments[2], arguments[3]);
        int port;
        try (var probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        var factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        var stack = (SipStackImpl) factory.createSipStack(properties());
        var provider = (SipProviderImpl) stack.createSipProvider(stack.createListeningPoint("127.0.0.1", port, "udp"));
        var template = factory.createMessageFactory().createRequest(invite(arguments[0], port));
        var caller = new JainCaller(stack, provider, template, Long.parseLong(arguments[4]));
        provider.addSipListener(caller);
        caller.run(schedule);
        System.out.printf(
                "{\"placed\":%d,\"ended\":%d,\"failed\":%d}%n",
                schedule.calls(), caller.ended.get(), caller.failed.get());
        System.exit(0);
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "bench");
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", "io.flashcall.testbed.jain.callee.QuietLogger");
        properties.setProperty(
                "gov.nist.javax.sip.SERVER_LOGGER", "io.flashcall.testbed.jain.callee.QuietServerLogger");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.AGGRESSIVE_CLEANUP", "true");
        properties.setProperty("gov.nist.javax.sip.CANCEL_CLIENT_TRANSACTION_CHECKED", "false");
        return properties;
    }

    private static String invite(String to, int port) {
        String local = "127.0.0.1:" + port;
        String body = String.join(
                        "\r\n",
                        List.of(
                                "v=0",
                                "o=- 1 1 IN IP4 127.0.0.1",
                                "s=-",
                                "c=IN IP4 127.0.0.1",
                                "t=0 0",
                                "m=audio 9 RTP/AVP 0",
                                "a=rtpmap:0 PCMU/8000"))
                + "\r\n";
        return "INVITE sip:+442079460123@" + to + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + local + ";branch=z9hG4bK-0\r\n"
                + "From: <sip:+12025550123@" + local + ">;tag=0\r\n"
                + "To: <sip:+442079460123@" + to + ">\r\n"
                + "Call-ID: 0@jain\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Max-Forwards: 70\r\n"
                + "Contact: <sip:jain@" + local + ">\r\n"
                + "Content-Type: application/sdp\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void run(Schedule schedule) throws Exception {
        schedule.follow(System.nanoTime(), this::place);
        long until = System.nanoTime() + LONGEST_END_NANOS + TimeUnit.MILLISECONDS.toNanos(ringMillis);
        while (ended.get() + failed.get() < schedule.calls() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void place(long number) throws Exception {
        var invite = (Request) template.clone();
        String name = Long.toString(number);
        ((CallIdHeader) invite.getHeader(CallIdHeader.NAME)).setCallId(name + "@jain");
        ((FromHeader) invite.getHeader(FromHeader.NAME)).setTag(name);
        ((ViaHeader) invite.getHeader(ViaHeader.NAME)).setBranch("z9hG4bK-" + name);
        provider.getNewClientTransaction(invite).sendRequest();
    }

    @Override
    public void processResponse(ResponseEvent event) {
        var response = event.getResponse();
        var transaction = event.getClientTransaction();
        String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
        if (transaction == null || !method.equals(Request.INVITE)) {
            return;
        }
        if (response.getStatusCode() == RINGING && transaction.getApplicationData() == null) {
            transaction.setApplicationData(this);
            if (ringMillis == 0) {
                hangUp(transaction);
            } else {
                var _ = hangUps.schedule(() -> hangUp(transaction), ringMillis, TimeUnit.MILLISECONDS);
            }
        } else if (response.getStatusCode() == TERMINATED) {
            ended.incrementAndGet();
        }
    }

    /// Of the provider, the transaction of a CANCEL is made by a look at all client transactions, which are
    /// those of the last 32 s: some milliseconds for each call. This one knows its INVITE's.
    private void hangUp(ClientTransaction invite) {
        try {
            var channel = ((SIPClientTransaction) invite).getMessageChannel();
            var cancel = stack.createClientTransaction((SIPRequest) invite.createCancel(), channel);
            cancel.addEventListener(provider);
            stack.addTransaction(cancel);
            cancel.sendRequest();
        } catch (SipException e) {
            failed.incrementAndGet();
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        failed.incrementAndGet();
    }

    @Override
    public void processRequest(RequestEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
