package io.flashcall.engine.agent;

import io.flashcall.engine.agent.AgentFixture.Sent;
import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.transport.IoCounters;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A socket that keeps what is sent through it. Nothing has left before it was flushed.
final class RecordingIo implements DatagramIo {

    /// Is told of a datagram that could not be sent.
    interface SendErrors {

        void onSendError(long token, int errno);
    }

    private static final int NETWORK_UNREACHABLE = 101;

    private final InetSocketAddress local;
    private final List<Sent> queued = new ArrayList<>();
    private final List<Long> tokens = new ArrayList<>();
    private final List<Sent> flushed = new ArrayList<>();
    private SendErrors errors = (_, _) -> {};
    private int refusals;
    private Endpoint refusedHost = new Endpoint();
    private int refusedErrno;
    private String faultOn = "nothing";
    private int faults = Integer.MAX_VALUE;

    RecordingIo(InetSocketAddress local) {
        this.local = local;
    }

    void onSendError(SendErrors told) {
        errors = told;
    }

    /// The system refuses so many datagrams from now on.
    void refuses(int datagrams) {
        refusals = datagrams;
    }

    /// The system refuses all that goes there from now on.
    void refuse(Endpoint host, int errno) {
        refusedHost = host.copy();
        refusedErrno = errno;
    }

    /// From now on a message that begins so ends in a fault.
    void failsOn(String beginning) {
        faultOn = beginning;
    }

    /// The next message that begins so ends in a fault, those after it do not.
    void failsOnceOn(String beginning) {
        faultOn = beginning;
        faults = 1;
    }

    List<Sent> taken() {
        var all = List.copyOf(flushed);
        flushed.clear();
        return all;
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
        var text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.startsWith(faultOn) && faults > 0) {
            faults--;
            throw new IllegalStateException("a fault of ours on " + faultOn);
        }
        queued.add(new Sent(text, to.copy()));
        tokens.add(token);
    }

    @Override
    public void flush() {
        for (int i = 0; i < queued.size(); i++) {
            if (queued.get(i).to().same(refusedHost)) {
                errors.onSendError(tokens.get(i), refusedErrno);
            } else if (refusals > 0) {
                refusals--;
                errors.onSendError(tokens.get(i), NETWORK_UNREACHABLE);
            } else {
                flushed.add(queued.get(i));
            }
        }
        queued.clear();
        tokens.clear();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public IoCounters counters() {
        return IoCounters.NONE;
    }

    @Override
    public void close() {}
}
