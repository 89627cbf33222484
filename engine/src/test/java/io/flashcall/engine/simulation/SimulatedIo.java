package io.flashcall.engine.simulation;

import io.flashcall.engine.transport.DatagramIo;
import io.flashcall.engine.transport.Endpoint;
import io.flashcall.engine.transport.IoCounters;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The agent's socket: what it sends leaves at the flush, unless the system refuses it.
final class SimulatedIo implements DatagramIo {

    /// Where what is sent goes.
    interface Wire {

        /// The agent sends this.
        ///
        /// @return whether the system takes it
        boolean offer(Datagram datagram);

        /// What was taken leaves.
        void flush();

        void refused(long token);
    }

    private final Wire wire;
    private final List<Long> refused = new ArrayList<>();

    SimulatedIo(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Endpoint to, long token, int lane) {
        String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        if (!wire.offer(new Datagram(text, Conditions.AGENT, to.toSocketAddress()))) {
            refused.add(token);
        }
    }

    @Override
    public void flush() {
        wire.flush();
        var tokens = List.copyOf(refused);
        refused.clear();
        tokens.forEach(wire::refused);
    }

    @Override
    public InetSocketAddress localAddress() {
        return Conditions.AGENT;
    }

    @Override
    public IoCounters counters() {
        return IoCounters.NONE;
    }

    @Override
    public void close() {}
}
