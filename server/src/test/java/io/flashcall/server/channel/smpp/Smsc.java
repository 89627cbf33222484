package io.flashcall.server.channel.smpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.ServerResponseDeliveryListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;

/// An SMSC on a free port of this machine, by the library's other side, that does to each submit what a script says.
public final class Smsc implements AutoCloseable {

    private static final int SYSTEM_ERROR = 0x08;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SMPPServerSessionListener listener = new SMPPServerSessionListener(0, new Given(socket));
    private final AtomicInteger numbers = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Script script;
    private volatile int bindStatus;
    private volatile UnaryOperator<String> ids = id -> id;

    /// Everything that was submitted, in the order in which it came.
    public final List<SubmitSm> submits = new CopyOnWriteArrayList<>();

    /// Who asked to bind.
    public final List<BindRequest> binds = new CopyOnWriteArrayList<>();

    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    // Ids whose answer is the last thing that their connection carries.
    private final Set<String> last = ConcurrentHashMap.newKeySet();

    /// What is done to a submit.
    public sealed interface Reaction {

        /// It is accepted; its id is its number, say `7`.
        record Accept() implements Reaction {}

        /// It is refused.
        record Refuse(int status) implements Reaction {}

        /// The connection is cut before it is answered.
        record CutBefore() implements Reaction {}

        /// It is accepted, and then the connection is cut.
        record CutAfter() implements Reaction {}

        /// There is never an answer.
        record Silence() implements Reaction {}

        /// Something happens while it is under way, and then it is accepted.
        record First(Runnable what) implements Reaction {}
    }

    /// Says what is done.
    public interface Script {

        /// @param number 1 for the first submit, then 2, 3, …
        Reaction on(SubmitSm submit, int number);
    }

    public Smsc(Script script) throws IOException {
        this.script = script;
        listener.setPduProcessorDegree(50);
        listener.setQueueCapacity(1_000);
        listener.setInitiationTimer(10_000);
        listener.setMessageReceiverListener(new Desk());
        listener.setResponseDeliveryListener(new AfterAnswers());
        Thread.ofVirtual().name("smsc").start(this::accept);
    }

    /// One that accepts everything.
    public static Smsc accepting() throws IOException {
        return new Smsc((_, _) -> new Reaction.Accept());
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// From now on binds are refused; 0: accepted.
    public void refuseBinds(int status) {
        bindStatus = status;
    }

    /// From now on ids are written so.
    public void writeIds(UnaryOperator<String> writer) {
        ids = writer;
    }

    /// Those that are bound now.
    public List<SMPPServerSession> bound() {
        return sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .toList();
    }

    /// Cuts every connection, without a word.
    public void cut() {
        sessions.forEach(SMPPServerSession::close);
    }

    /// Delivers a receipt over the newest connection.
    ///
    /// @return the command_status of the answer
    public int report(String text, OptionalParameter... parameters) {
        return deliver(0x04, text, parameters);
    }

    /// Delivers anything over the newest connection.
    ///
    /// @return the command_status of the answer
    public int deliver(int esmClass, String text, OptionalParameter... parameters) {
        try {
            bound().getLast()
                    .deliverShortMessage(
                            "",
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            "447700900123",
                            TypeOfNumber.ALPHANUMERIC,
                            NumberingPlanIndicator.UNKNOWN,
                            "Shop",
                            new ESMClass(esmClass),
                            (byte) 0,
                            (byte) 0,
                            new RegisteredDelivery(0),
                            new RawDataCoding((byte) 0),
                            text.getBytes(StandardCharsets.ISO_8859_1),
                            parameters);
            return 0;
        } catch (NegativeResponseException e) {
            return e.getCommandStatus();
        } catch (PDUException | ResponseTimeoutException | InvalidResponseException | IOException e) {
            throw new AssertionError("a receipt has no answer", e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var session = listener.accept();
                session.setTransactionTimer(10_000);
                Thread.startVirtualThread(() -> bind(session));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new AssertionError("the SMSC cannot listen", e);
                }
            }
        }
    }

    private void bind(SMPPServerSession session) {
        try {
            var request = session.waitForBind(5_000);
            binds.add(request);
            if (bindStatus != 0) {
                request.reject(bindStatus);
                session.close();
            } else {
                session.setEnquireLinkTimer(30_000);
                request.accept("smsc", InterfaceVersion.IF_34);
                sessions.add(session);
            }
        } catch (TimeoutException | IOException | PDUStringException | IllegalStateException _) {
            session.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        cut();
    }

    private SubmitSmResult accepted(int number) throws ProcessRequestException {
        try {
            return new SubmitSmResult(new MessageId(ids.apply(Integer.toString(number))), new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new ProcessRequestException(e.getMessage(), SYSTEM_ERROR);
        }
    }

    private final class Desk implements ServerMessageReceiverListener {

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession source)
                throws ProcessRequestException {
            submits.add(submit);
            int number = numbers.incrementAndGet();
            return switch (script.on(submit, number)) {
                case Reaction.Accept _ -> accepted(number);
                case Reaction.Refuse(int status) -> throw new ProcessRequestException("scripted", status);
                case Reaction.CutBefore _ -> {
                    source.close();
                    yield accepted(number);
                }
                case Reaction.CutAfter _ -> {
                    var result = accepted(number);
                    last.add(result.getMessageId());
                    yield result;
                }
                case Reaction.Silence _ -> {
                    awaitClose();
                    yield accepted(number);
                }
                case Reaction.First(Runnable what) -> {
                    what.run();
                    yield accepted(number);
                }
            };
        }

        private void awaitClose() {
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti submit, SMPPServerSession source)
                throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public void onAcceptReplaceSm(ReplaceSm replace, SMPPServerSession source) throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession source) throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcast, SMPPServerSession source)
                throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession source)
                throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source)
                throws ProcessRequestException {
            throw unexpected();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
            throw unexpected();
        }

        private ProcessRequestException unexpected() {
            return new ProcessRequestException("not in the play", SYSTEM_ERROR);
        }
    }

    private final class AfterAnswers implements ServerResponseDeliveryListener {

        @Override
        public void onSubmitSmRespSent(SubmitSmResult result, SMPPServerSession source) {
            if (last.contains(result.getMessageId())) {
                source.close();
            }
        }

        @Override
        public void onSubmitSmRespError(SubmitSmResult result, Exception cause, SMPPServerSession source) {}

        @Override
        public void onSubmitMultiRespSent(SubmitMultiResult result, SMPPServerSession source) {}

        @Override
        public void onSubmitMultiRespError(SubmitMultiResult result, Exception cause, SMPPServerSession source) {}
    }

    /// A socket that listens already: the library would bind to every address of the machine.
    private record Given(ServerSocket socket) implements ServerConnectionFactory {

        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }
}
