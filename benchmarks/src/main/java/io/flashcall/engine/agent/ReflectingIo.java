package io.flashcall.engine.agent;

import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.transport.IoCounters;
import io.flashcall.testbed.wire.Reflector;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// In place of a socket: answers each request as a far end that reflects.
final class ReflectingIo implements DatagramIo {

    private static final int MOST = 4;
    private static final int LONGEST = 4_096;

    private final InetSocketAddress local;
    private final Reflector reflector = new Reflector();
    private final byte[] request = new byte[LONGEST];
    private final byte[][] answers = new byte[MOST][LONGEST];
    private final int[] lengths = new int[MOST];
    private final Endpoint source = new Endpoint();
    private int count;

    ReflectingIo(InetSocketAddress local) {
        this.local = local;
    }

    boolean hasAnswers() {
        return count > 0;
    }

    /// Hands over what has come.
    void deliver(UserAgent agent) {
        int ready = count;
        count = 0;
        for (int i = 0; i < ready; i++) {
            System.arraycopy(answers[i], 0, answers[MOST - 1], 0, lengths[i]);
            agent.onDatagram(answers[MOST - 1], lengths[i], source);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
        System.arraycopy(bytes, offset, request, 0, length);
        var _ = reflector.reflect(request, length);
        source.set(to.hi(), to.lo(), to.port());
        for (int i = 0; i < reflector.responses(); i++) {
            lengths[count] = reflector.length(i);
            System.arraycopy(reflector.bytes(i), 0, answers[count], 0, reflector.length(i));
            count++;
        }
    }

    @Override
    public void flush() {}

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public IoCounters counters() {
        return IoCounters.NONE;
    }

    @Override
    public void close() {
        Arrays.fill(lengths, 0);
    }
}
