package io.flashcall.benchmarks.section;

import io.flashcall.benchmarks.caller.Side;
import io.flashcall.benchmarks.rig.FarEnd;
import io.flashcall.benchmarks.rig.Load;
import io.flashcall.benchmarks.rig.Rig;
import java.io.IOException;
import java.time.Duration;

/// A fresh process under a load, its warm-up left out.
///
/// @param lasted whether it was at it until the window's end, and ended in time
/// @param used   CPU time of the caller in the window
/// @param farEnd share of its processor that the far end used in the window, 0 to 1
record Trial(boolean lasted, Duration used, double farEnd, Side.Ends ends) {

    static Trial of(Rig rig, FarEnd farEnd, Side side, Load load, String name)
            throws IOException, InterruptedException {
        try (var caller = rig.start(Rig.CALLER, side.command(load, rig), name)) {
            caller.await(load.warmUp());
            if (!caller.isAlive()) {
                throw new IOException(side.label() + " ended at once: " + caller.out() + caller.err());
            }
            var before = caller.cpu();
            var farBefore = farEnd.cpu();
            caller.await(load.warmUp().plus(load.window()));
            boolean running = caller.isAlive();
            var used = running ? caller.cpu().minus(before) : Duration.ZERO;
            var farUsed = farEnd.cpu().minus(farBefore);
            boolean ended = caller.end(load.longest()) >= 0;
            return new Trial(running && ended, used, share(farUsed, load), side.ends(load, caller.out(), rig));
        }
    }

    static double share(Duration used, Load load) {
        return (double) used.toNanos() / load.window().toNanos();
    }
}
