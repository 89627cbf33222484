package io.flashcall.engine.simulation;

import java.util.function.Consumer;

/// One direction of the network: loses, doubles, delays and reorders, as chance has it.
final class Network {

    private final Schedule schedule;
    private final Chance chance;
    private final Weather weather;
    private final Trace trace;
    private final Consumer<Datagram> arrival;

    /// How bad it is.
    ///
    /// @param loss        share of datagrams that never arrive
    /// @param duplication share that arrive twice
    /// @param straying    share that take up to `detour` longer, and so are overtaken
    /// @param delay       of all, nanoseconds
    record Weather(double loss, double duplication, double straying, long delay, long detour) {

        /// From calm to harsh.
        static Weather drawn(Chance chance, long t1) {
            double harshness = chance.pick(0.0, 0.02, 0.1, 0.25, 0.4);
            return new Weather(
                    harshness * chance.below(101) / 100,
                    harshness * chance.below(101) / 100,
                    harshness * chance.below(101) / 100,
                    chance.between(0, t1 / 2),
                    chance.pick(t1 / 4, 3 * t1, 40 * t1));
        }
    }

    Network(Schedule schedule, Chance chance, Weather weather, Trace trace, Consumer<Datagram> arrival) {
        this.schedule = schedule;
        this.chance = chance;
        this.weather = weather;
        this.trace = trace;
        this.arrival = arrival;
    }

    void carry(Datagram datagram) {
        trace.sent(schedule.now(), datagram);
        if (chance.of(weather.loss())) {
            trace.lost(schedule.now(), datagram);
        } else {
            carryOnce(datagram);
        }
        if (chance.of(weather.duplication())) {
            carryOnce(datagram);
        }
    }

    private void carryOnce(Datagram datagram) {
        long detour = chance.of(weather.straying()) ? chance.between(0, weather.detour()) : 0;
        long jitter = chance.between(0, weather.delay() / 8 + 1);
        schedule.after(weather.delay() + jitter + detour, () -> arrival.accept(datagram));
    }
}
