package io.flashcall.testbed;

import io.flashcall.testbed.behaviour.Impairment;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One direction of the line between a caller and the carrier, for one call: passes datagrams on, or loses, doubles,
/// delays and reorders them as its seed says. Confined to the loop.
final class Line {

    private final Impairment impairment;
    private final RandomGenerator random;
    private final Schedule schedule;
    private final Counts counts;
    private @Nullable Runnable held;

    Line(Impairment impairment, long seed, Schedule schedule, Counts counts) {
        this.impairment = impairment;
        this.random = new SplittableRandom(seed);
        this.schedule = schedule;
        this.counts = counts;
    }

    /// Carries one datagram; `arrive` runs each time it comes out at the other end: never, once or twice, now or later.
    void carry(Runnable arrive) {
        if (impairment.isNone()) {
            arrive.run();
            return;
        }
        // One draw for each decision, whatever the others were: a seed then means the same fates at every rate.
        boolean drop = random.nextDouble() < impairment.drop();
        boolean duplicate = random.nextDouble() < impairment.duplicate();
        boolean reorder = random.nextDouble() < impairment.reorder();
        boolean delay = random.nextDouble() < impairment.delay();
        long by = (long) (random.nextDouble() * impairment.by().toNanos());
        if (drop) {
            counts.add(Counts.Kind.DROPPED);
            return;
        }
        if (reorder && held == null) {
            hold(arrive);
        } else if (delay) {
            schedule.at(System.nanoTime() + by, arrive);
        } else {
            arrive.run();
            letGo();
        }
        if (duplicate) {
            counts.add(Counts.Kind.DUPLICATED);
            arrive.run();
        }
    }

    /// Keeps a datagram back until the next one has overtaken it, or the longest delay is over.
    private void hold(Runnable arrive) {
        held = arrive;
        schedule.at(System.nanoTime() + impairment.by().toNanos(), () -> {
            if (arrive.equals(held)) {
                letGo();
            }
        });
    }

    private void letGo() {
        Runnable late = held;
        held = null;
        if (late != null) {
            late.run();
        }
    }
}
