package io.flashcall.verification.tracking;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.CallReference;
import io.flashcall.verification.channel.LiveCalls;
import io.flashcall.verification.routing.TrunkHealth;
import io.flashcall.verification.routing.Verdicts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the engine's events to the sessions they are about. The engine's pump hands them to lanes, one virtual thread
/// each, by session: so the events of one session are saved in order, and those of many are saved together.
///
/// Lanes are bounded: where the store cannot keep up, the pump waits, the engine's queue fills, and the engine refuses
/// calls before an event could be lost.
public final class SessionTracker implements CallEventListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTracker.class);
    private static final int LANES = 128;
    private static final int ROOM = 1024;

    private final LiveCalls calls;
    private final TrunkHealth health;
    private final AttemptListener listener;
    private final Lane[] lanes = new Lane[LANES];
    // By reference, of calls that have not ended: every one that was accepted does.
    private final Map<String, Long> hangingUpSince = new ConcurrentHashMap<>();

    /// @param calls    which trunk a call took
    /// @param health   learns from outcomes
    /// @param listener saves what became of an attempt
    public SessionTracker(LiveCalls calls, TrunkHealth health, AttemptListener listener) {
        this.calls = calls;
        this.health = health;
        this.listener = listener;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(i);
        }
    }

    @Override
    public void onEvent(CallEvent event) {
        switch (event) {
            case CallEvent.Ringing ringing ->
                hand(ringing.stamp(), reference -> listener.onRinging(reference.session(), reference.attempt()));
            case CallEvent.Ended(var stamp, var outcome) -> {
                calls.ended(stamp.reference()).ifPresent(trunk -> health.onOutcome(trunk, outcome, stamp.at()));
                var result = Verdicts.of(outcome, hangingUp(stamp));
                hand(stamp, reference -> listener.onEnded(reference.session(), reference.attempt(), result));
            }
            case CallEvent.HangingUp hangingUp ->
                hangingUpSince.put(
                        hangingUp.stamp().reference(), hangingUp.stamp().nanos());
            // Where a call stands in between is the ladder's to tell.
            case CallEvent.Placed _, CallEvent.Trying _ -> {}
        }
    }

    /// Waits until everything handed over so far is saved, then ends the lanes.
    @Override
    public void close() {
        for (var lane : lanes) {
            lane.end();
        }
        for (var lane : lanes) {
            lane.awaitEnd();
        }
    }

    /// How long ago we began to, when it has ended; zero where we did not.
    private Duration hangingUp(CallEvent.Stamp ended) {
        var since = hangingUpSince.remove(ended.reference());
        return since == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, ended.nanos() - since));
    }

    private void hand(CallEvent.Stamp stamp, Work work) {
        CallReference.parse(stamp.reference()).ifPresent(reference -> {
            int lane = Math.floorMod(reference.session().hashCode(), LANES);
            lanes[lane].put(() -> work.on(reference));
        });
    }

    private interface Work {
        void on(CallReference reference);
    }

    private static final class Lane {

        private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(ROOM);
        private final CountDownLatch ended = new CountDownLatch(1);
        // The lane's own thread alone.
        private boolean open = true;

        Lane(int number) {
            Thread.ofVirtual().name("tracker-" + number).start(this::run);
        }

        void put(Runnable work) {
            boolean interrupted = false;
            while (true) {
                try {
                    queue.put(work);
                    break;
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            put(() -> open = false);
        }

        void awaitEnd() {
            try {
                ended.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            try {
                while (open) {
                    try {
                        queue.take().run();
                    } catch (RuntimeException e) {
                        // The session's deadline moves it on.
                        LOG.error("an event of the engine could not be saved", e);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                ended.countDown();
            }
        }
    }
}
