package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.stream.Handshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A scripted far end on UDP, TCP and TLS: answers calls as its dialplan says, and judges the caller by RFC 3261.
///
/// Its server side is real: final responses are repeated until their ACK comes, CANCEL and BYE get their 200, what
/// belongs to no call gets 481. One thread of its own does everything; all methods here may be called from any
/// thread.
public final class Carrier implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Carrier.class.getName());
    private static final int MOST_DATAGRAMS_A_TURN = 64;
    private static final int BIND_ATTEMPTS = 20;
    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT_NANOS = Duration.ofMillis(200).toNanos();

    private final CarrierConfig config;
    private final Counts counts;
    private final Sockets sockets;
    private final Schedule schedule;
    private final Streams streams;
    private final Responses responses;
    private final Exchange exchange;
    private final Thread loop;
    private volatile boolean running = true;

    private Carrier(CarrierConfig config) throws IOException {
        this.config = config;
        this.counts = new Counts();
        Bound bound = bind(config, counts);
        this.sockets = bound.sockets();
        this.streams = bound.streams();
        this.schedule = new Schedule();
        this.responses = new Responses(sockets.address());
        var office = new Site.Office(
                config, new Door(counts, config.terms()), new Replies(), new Asker(counts, schedule, config.timers()));
        this.exchange = new Exchange(new Site(counts, schedule, sockets, responses, new Judge(counts), office));
        this.loop = Thread.ofPlatform()
                .name("carrier-" + sockets.address().getPort())
                .daemon()
                .unstarted(this::run);
    }

    /// Opens everything on one port. Where any port will do, one that TCP cannot have too is given back.
    private static Bound bind(CarrierConfig config, Counts counts) throws IOException {
        for (int attempt = 1; true; attempt++) {
            Sockets sockets = new Sockets(config, counts);
            try {
                Streams streams = Streams.open(config, sockets.address(), counts, sockets::wakeup);
                sockets.join(streams);
                return new Bound(sockets, streams);
            } catch (IOException e) {
                sockets.close();
                if (config.listen().getPort() != 0 || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private record Bound(Sockets sockets, Streams streams) {}

    /// Binds the address and begins to answer; the carrier is ready when this returns.
    ///
    /// @throws UncheckedIOException naming the address, if it cannot be bound
    public static Carrier start(CarrierConfig config) {
        try {
            Carrier carrier = new Carrier(config);
            carrier.loop.start();
            return carrier;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
        }
    }

    /// The address it listens on for TLS.
    ///
    /// @throws IllegalStateException if it does not
    public InetSocketAddress tlsAddress() {
        return streams.tlsAddress().orElseThrow(() -> new IllegalStateException("no TLS (expected: terms with TLS)"));
    }

    /// The last 200 TLS handshakes, in order.
    public List<Handshake> handshakes() {
        return streams.handshakes();
    }

    /// New calls meet this from now on; what is under way goes on as it began.
    public void switchTo(Dialplan dialplan) {
        exchange.switchTo(dialplan);
    }

    /// Each OPTIONS outside a dialog gets this from now on.
    public void answerOptions(OptionsAnswer answer) {
        exchange.answerOptions(answer);
    }

    /// Responses tell this load from now on, to callers whose Via has `oc` (RFC 7339).
    public void overload(Overload overload) {
        responses.overload(Optional.of(overload));
    }

    /// Responses tell no load any more.
    public void relax() {
        responses.overload(Optional.empty());
    }

    /// Stops answering until [#resume]: what arrives is thrown away, and connections are reset. To callers it is a
    /// host that has died; its ports stay open.
    public void pause() {
        sockets.numb(true);
        streams.resetAll();
    }

    /// Answers again.
    public void resume() {
        sockets.numb(false);
    }

    /// Ends every TCP and TLS connection with a reset. New ones are taken.
    public void resetConnections() {
        streams.resetAll();
    }

    /// The address it listens on for UDP, and for TCP if it does, with the port it was given.
    public InetSocketAddress address() {
        return sockets.address();
    }

    /// What it has seen and done so far; numbers read while calls are running may be a moment apart from each other.
    public CarrierCounters counters() {
        return counts.snapshot();
    }

    /// The first 200 violations, in order; `counters()` has the number of all.
    public List<Violation> violations() {
        return counts.violations();
    }

    /// What it is, in one line: `carrier ring on 127.0.0.1:5070`.
    public String describe() {
        InetSocketAddress address = address();
        String host = address.getAddress().getHostAddress();
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "carrier " + config.dialplan().describe() + " on " + shown + ":" + address.getPort();
    }

    /// Stops answering and frees the port. Calls in the air are forgotten. Idempotent.
    @Override
    public void close() {
        running = false;
        sockets.wakeup();
        try {
            loop.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (sockets;
                streams) {
            byte[] bytes = new byte[65_536];
            long sweepAt = System.nanoTime() + SWEEP_NANOS;
            while (running) {
                int got = sockets.receive(bytes, MOST_DATAGRAMS_A_TURN, this::onMessage);
                long now = System.nanoTime();
                runDue(now);
                if (now - sweepAt >= 0) {
                    exchange.sweep(now);
                    sweepAt = now + SWEEP_NANOS;
                }
                if (got == 0) {
                    sockets.await(schedule.untilNext(System.nanoTime(), LONGEST_WAIT_NANOS));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, describe() + " stopped", e);
        }
    }

    /// A fault in one call, or in somebody's listener, must not end the others.
    private void onMessage(byte[] bytes, int length, Origin source) {
        try {
            exchange.onMessage(bytes, length, source);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message from " + source.address() + " failed", e);
        }
    }

    private void runDue(long now) {
        try {
            schedule.runDue(now);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a scheduled step failed", e);
        }
    }
}
