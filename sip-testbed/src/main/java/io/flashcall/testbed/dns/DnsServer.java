package io.flashcall.testbed.dns;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// An authoritative DNS server on 127.0.0.1, over UDP and TCP on one port of the system's choice. Any thread.
///
/// A zone line is `name [ttl] type data`, as in a master file; names are absolute, with or without a last dot:
/// ```
/// carrier.example            60 NAPTR 50 50 "s" "SIPS+D2T" "" _sips._tcp.carrier.example
/// _sips._tcp.carrier.example 60 SRV   10 50 5061 sip1.carrier.example
/// sip1.carrier.example       60 A     192.0.2.1
/// ```
/// Without a TTL it is 60 s. What is asked for and not here is NXDOMAIN, or NODATA where the name has other
/// records or names below it. Aliases are followed as far as the server knows them.
public final class DnsServer implements AutoCloseable {

    private static final int BIND_TRIES = 20;
    private static final int IDLE_MILLIS = 10_000;
    private static final int LARGEST = 65_535;

    private final Zone zone = new Zone();
    private final Answers answers = new Answers(zone);
    private final AtomicLong overTcp = new AtomicLong();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ServerSocket listener;
    private final DatagramSocket datagrams;

    private DnsServer(ServerSocket listener, DatagramSocket datagrams) {
        this.listener = listener;
        this.datagrams = datagrams;
    }

    /// Starts a server that knows these lines; it answers when this returns.
    ///
    /// @throws IllegalArgumentException for a line that it cannot read
    /// @throws IllegalStateException    if it gets no port
    public static DnsServer start(String... lines) {
        try {
            DnsServer server = bind();
            try {
                server.zone.replaceAll(List.of(lines));
            } catch (IllegalArgumentException e) {
                server.close();
                throw e;
            }
            Thread.ofVirtual().name("dns-udp").start(server::serveDatagrams);
            Thread.ofVirtual().name("dns-tcp").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("no port for a DNS server on 127.0.0.1 (expected: one for UDP and TCP)", e);
        }
    }

    /// A port that is free for TCP may be taken for UDP: then another is tried.
    private static DnsServer bind() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        BindException last = new BindException();
        for (int i = 0; i < BIND_TRIES; i++) {
            ServerSocket listener = new ServerSocket(0, 50, loopback);
            try {
                return new DnsServer(listener, new DatagramSocket(listener.getLocalPort(), loopback));
            } catch (BindException e) {
                listener.close();
                last = e;
            }
        }
        throw last;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) datagrams.getLocalSocketAddress();
    }

    /// Puts these lines in place of everything.
    ///
    /// @throws IllegalArgumentException for a line that it cannot read; then nothing has changed
    public void replaceAll(String... lines) {
        zone.replaceAll(List.of(lines));
    }

    /// Puts these lines in place of whatever has the name and type of any of them, and leaves the rest.
    ///
    /// @throws IllegalArgumentException for a line that it cannot read; then nothing has changed
    public void replace(String... lines) {
        zone.replace(List.of(lines));
    }

    /// Forgets the records of a name and type, such as `sip1.carrier.example` and `A`.
    public void remove(String name, String type) {
        zone.remove(name, type);
    }

    /// From now on fails whatever it is asked, until [#recover].
    public void fail(DnsFault fault) {
        answers.fail(fault);
    }

    /// From now on fails for one name and type, until [#recover].
    public void fail(String name, String type, DnsFault fault) {
        answers.fail(name, type, fault);
    }

    /// Ends every failure.
    public void recover() {
        answers.recover();
    }

    /// Queries so far, over UDP and TCP, answered or not.
    public long queries() {
        return answers.asked();
    }

    /// Of these, those for one name and type.
    public long queries(String name, String type) {
        return answers.asked(name, type);
    }

    /// Of these, those over TCP.
    public long queriesOverTcp() {
        return overTcp.get();
    }

    private void serveDatagrams() {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (!datagrams.isClosed()) {
            try {
                packet.setLength(LARGEST);
                datagrams.receive(packet);
                Optional<byte[]> answer = answers.answer(Arrays.copyOf(packet.getData(), packet.getLength()), false);
                if (answer.isPresent()) {
                    byte[] bytes = answer.get();
                    datagrams.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                // Closed, which the loop sees; or a client is gone, which is nothing to a server.
            }
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                Thread.ofVirtual().name("dns-tcp-connection").start(() -> serve(connection));
            } catch (IOException _) {
                // Closed, which the loop sees.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(new BufferedOutputStream(connection.getOutputStream()));
            while (!listener.isClosed()) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                overTcp.incrementAndGet();
                Optional<byte[]> answer = answers.answer(query, true);
                if (answer.isPresent()) {
                    out.writeShort(answer.get().length);
                    out.write(answer.get());
                    out.flush();
                }
            }
        } catch (IOException _) {
            // The client is gone, was idle too long, or the server is closed.
        } finally {
            connections.remove(connection);
        }
    }

    /// Stops answering; the port is free when this returns.
    @Override
    public void close() {
        datagrams.close();
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the DNS server did not close", e);
        }
    }
}
