package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Dialplan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/// What a carrier is to be.
///
/// @param listen the UDP address to bind; port 0 takes a free one
/// @param dialplan what each call meets
/// @param seed the source of every random choice: weights, tags, what a lossy line does
/// @param timers the RFC's timers
/// @param listeners who sees what happens
/// @param terms on which requests are taken at all: authentication and the like
public record CarrierConfig(
        InetSocketAddress listen,
        Dialplan dialplan,
        long seed,
        CarrierTimers timers,
        Listeners listeners,
        CarrierTerms terms) {

    /// @param trace sees each message, on the carrier's loop
    /// @param rings sees each handset that rings, on the carrier's loop
    public record Listeners(Consumer<TraceLine> trace, RingListener rings) {

        /// Nobody.
        public static final Listeners NONE = new Listeners(NO_TRACE, RingListener.NONE);
    }

    /// A trace nobody reads; the carrier then spares itself the lines.
    public static final Consumer<TraceLine> NO_TRACE = _ -> {};

    /// A carrier on a free loopback port, seed 1, with the RFC's timers.
    ///
    /// @param behaviour as [Dialplan#parse] reads it, such as `ring`, `by-number` or `lossy:drop=0.2`
    /// @throws IllegalArgumentException naming the value and what was expected
    public static CarrierConfig loopback(String behaviour) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new CarrierConfig(
                anyPort, Dialplan.parse(behaviour), 1, CarrierTimers.RFC_3261, Listeners.NONE, CarrierTerms.NONE);
    }

    /// The same for a behaviour already read.
    public static CarrierConfig loopback(Behaviour behaviour) {
        return loopback("silent").withDialplan(Dialplan.always(behaviour));
    }

    Consumer<TraceLine> trace() {
        return listeners.trace();
    }

    RingListener rings() {
        return listeners.rings();
    }

    public CarrierConfig withListen(InetSocketAddress other) {
        return new CarrierConfig(other, dialplan, seed, timers, listeners, terms);
    }

    public CarrierConfig withDialplan(Dialplan other) {
        return new CarrierConfig(listen, other, seed, timers, listeners, terms);
    }

    public CarrierConfig withSeed(long other) {
        return new CarrierConfig(listen, dialplan, other, timers, listeners, terms);
    }

    public CarrierConfig withTimers(CarrierTimers other) {
        return new CarrierConfig(listen, dialplan, seed, other, listeners, terms);
    }

    public CarrierConfig withTrace(Consumer<TraceLine> other) {
        return new CarrierConfig(listen, dialplan, seed, timers, new Listeners(other, rings()), terms);
    }

    public CarrierConfig withRings(RingListener other) {
        return new CarrierConfig(listen, dialplan, seed, timers, new Listeners(trace(), other), terms);
    }

    public CarrierConfig withTerms(CarrierTerms other) {
        return new CarrierConfig(listen, dialplan, seed, timers, listeners, other);
    }
}
