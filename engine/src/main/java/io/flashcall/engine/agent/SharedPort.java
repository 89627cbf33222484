package io.flashcall.engine.agent;

import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The one port of several user agents. Each has a socket there; which of them gets a datagram is the system's
/// choice, by its source. Whoever gets one for another agent hands it over: a response by its branch, a request
/// within a dialog by its To tag, an ICMP error by the branch that it quotes. Other requests stay where they came.
final class SharedPort {

    private final InetSocketAddress address;
    private final List<AgentLoop> loops = new CopyOnWriteArrayList<>();

    private SharedPort(InetSocketAddress address) {
        this.address = address;
    }

    /// Finds out whether a port is free, or one that is: sockets that share it would not notice that another process
    /// has it, and would take part of what is meant for that.
    ///
    /// @throws IOException naming the address, when it is taken
    static SharedPort at(InetSocketAddress local) throws IOException {
        try (var probe = new DatagramSocket(local)) {
            return new SharedPort(new InetSocketAddress(local.getAddress(), probe.getLocalPort()));
        } catch (IOException e) {
            throw new IOException("UDP " + local + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /// The next agent is there.
    void join(AgentLoop loop) {
        loops.add(loop);
    }

    /// What an agent uses to hand over.
    HandOver from(AgentTelemetry telemetry) {
        return (agent, bytes, length, peer, received) -> handOver(agent, bytes, length, peer, received, telemetry);
    }

    private boolean handOver(
            int agent, byte[] bytes, int length, Endpoint peer, boolean received, AgentTelemetry telemetry) {
        if (agent >= loops.size()) {
            return false;
        }
        boolean taken = loops.get(agent).handOver(bytes, length, peer, received);
        telemetry.count(taken ? Metric.HANDED_OVER : Metric.HANDOVERS_DROPPED);
        return true;
    }
}
