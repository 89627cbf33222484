package io.flashcall.testbed.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports of 127.0.0.1 that are free for UDP and TCP alike. Somebody else may take one before it is used.
final class FreePorts {

    private static final int TRIES = 200;

    private FreePorts() {}

    /// One port of its own for each.
    static int[] find(int count) {
        List<AutoCloseable> held = new ArrayList<>();
        int[] ports = new int[count];
        try {
            for (int i = 0; i < count; i++) {
                ports[i] = hold(1, held);
            }
        } finally {
            release(held);
        }
        return ports;
    }

    /// The first of two ports in a row.
    static int findPair() {
        List<AutoCloseable> held = new ArrayList<>();
        try {
            return hold(2, held);
        } finally {
            release(held);
        }
    }

    private static int hold(int run, List<AutoCloseable> held) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = anyPort(held);
            boolean free = true;
            for (int i = 1; i < run; i++) {
                free &= take(port + i, held);
            }
            if (free) {
                return port;
            }
        }
        throw new IllegalStateException("no " + run + " free ports in a row on 127.0.0.1 (expected: some)");
    }

    private static int anyPort(List<AutoCloseable> held) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                ServerSocket tcp = new ServerSocket(0, 1, loopback());
                held.add(tcp);
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback(), tcp.getLocalPort()));
                held.add(udp);
                return tcp.getLocalPort();
            } catch (IOException _) {
                // Taken for UDP: the next.
            }
        }
        throw new IllegalStateException("no port of 127.0.0.1 is free for UDP and TCP (expected: some)");
    }

    private static boolean take(int port, List<AutoCloseable> held) {
        try {
            held.add(new ServerSocket(port, 1, loopback()));
            held.add(new DatagramSocket(new InetSocketAddress(loopback(), port)));
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    private static void release(List<AutoCloseable> held) {
        for (AutoCloseable each : held) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
