package io.flashcall.testbed;

import io.flashcall.testbed.stream.Connection;
import io.flashcall.testbed.stream.Handshake;
import io.flashcall.testbed.stream.StreamEvents;
import io.flashcall.testbed.stream.StreamListener;
import io.flashcall.testbed.wire.StreamReader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// The carrier's TCP and TLS listeners, and the queue from their threads to the loop. [#drain] is the
/// loop's, the rest is thread-safe.
final class Streams implements StreamEvents, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Streams.class.getName());
    private static final int MOST_HANDSHAKES = 200;

    private final Counts counts;
    private final Runnable wakeup;
    private final List<StreamListener> listeners = new ArrayList<>(2);
    /// What the loop is to do, with whoever hears messages.
    private final Queue<Consumer<Sockets.Receiver>> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
    private Optional<InetSocketAddress> tlsAddress = Optional.empty();

    private Streams(Counts counts, Runnable wakeup) {
        this.counts = counts;
        this.wakeup = wakeup;
    }

    /// @param udp where the datagram socket is bound: TCP listens on the same port
    static Streams open(CarrierConfig config, InetSocketAddress udp, Counts counts, Runnable wakeup)
            throws IOException {
        CarrierTerms.Transports transports = config.terms().transports();
        Streams streams = new Streams(counts, wakeup);
        try {
            if (transports.tcp()) {
                streams.listeners.add(StreamListener.start(udp, transports.streams(), Optional.empty(), streams));
            }
            if (transports.tls().isPresent()) {
                int port = transports.tls().get().port();
                StreamListener listener = StreamListener.start(
                        new InetSocketAddress(udp.getAddress(), port), transports.streams(), transports.tls(), streams);
                streams.listeners.add(listener);
                streams.tlsAddress = Optional.of(listener.address());
            }
            return streams;
        } catch (IOException e) {
            streams.close();
            throw e;
        }
    }

    Optional<InetSocketAddress> tlsAddress() {
        return tlsAddress;
    }

    List<Handshake> handshakes() {
        return List.copyOf(handshakes);
    }

    void resetAll() {
        listeners.forEach(StreamListener::resetAll);
    }

    /// Hands over at most `most` of what has come.
    int drain(int most, Sockets.Receiver receiver) {
        for (int got = 0; got < most; got++) {
            Consumer<Sockets.Receiver> arrival = arrivals.poll();
            if (arrival == null) {
                return got;
            }
            arrival.accept(receiver);
        }
        return most;
    }

    private void arrive(Consumer<Sockets.Receiver> arrival) {
        arrivals.add(arrival);
        wakeup.run();
    }

    @Override
    public void onOpened(Connection connection) {
        arrive(_ -> counts.add(Counts.Kind.CONNECTIONS));
    }

    @Override
    public void onMessage(Connection connection, byte[] bytes) {
        if (StreamReader.isPing(bytes)) {
            arrive(_ -> counts.add(Counts.Kind.PINGS));
        } else {
            arrive(receiver -> receiver.onMessage(bytes, bytes.length, new Origin.Stream(connection)));
        }
    }

    @Override
    public void onClosed(Connection connection, String why) {
        LOG.log(Level.DEBUG, "connection from {0}: {1}", connection.peer(), why);
        arrive(_ -> counts.add(Counts.Kind.DISCONNECTIONS));
    }

    @Override
    public void onHandshake(Handshake handshake) {
        handshakes.add(handshake);
        if (handshakes.size() > MOST_HANDSHAKES) {
            handshakes.poll();
        }
    }

    @Override
    public void close() throws IOException {
        for (StreamListener listener : listeners) {
            listener.close();
        }
    }
}
