package io.flashcall.server.ladder;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.E164;
import io.flashcall.engine.capture.LadderStep;
import io.flashcall.engine.capture.TraceListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Remembers the messages of the latest calls; of a long call, the first ones. Telephone numbers are masked before they
/// are kept: a caller id is a secret, and a peer may have written it into a reason phrase.
///
/// Thread-safe. What the event loops do here costs a microsecond or two for a message and waits for nobody but a reader
/// of the very same call.
public final class LadderBook implements TraceListener, CallEventListener {

    private static final int CALLS = 20_000;
    private static final int STEPS = 64;
    private static final int LABELS = 512;

    private final int mostCalls;
    private final int mostSteps;
    private final Map<Long, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, Page> byReference = new ConcurrentHashMap<>();
    private final Queue<Page> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Map<String, String> labels = new ConcurrentHashMap<>();

    /// Remembers 20,000 calls of 64 messages each: some 15 MB when it is full of usual calls.
    public LadderBook() {
        this(CALLS, STEPS);
    }

    /// @param mostCalls the oldest are forgotten beyond
    /// @param mostSteps of a call; further ones are not kept
    public LadderBook(int mostCalls, int mostSteps) {
        this.mostCalls = mostCalls;
        this.mostSteps = mostSteps;
    }

    @Override
    public void onMessage(long call, boolean sent, long nanos, byte[] bytes, int length, InetSocketAddress peer) {
        if (call != 0) {
            page(call).add(masked(LadderStep.of(call, sent, nanos, bytes, length)), mostSteps);
        }
    }

    /// Learns which call a reference names.
    @Override
    public void onEvent(CallEvent event) {
        if (event instanceof CallEvent.Placed(var stamp)) {
            var page = page(stamp.call().value());
            page.reference = stamp.reference();
            byReference.put(stamp.reference(), page);
            if (page.forgotten) {
                byReference.remove(stamp.reference(), page);
            }
        }
    }

    /// The messages of a call, in order; empty when it is unknown, forgotten, or not placed yet.
    ///
    /// @param reference as in its [CallEvent.Stamp]
    public List<LadderStep> of(String reference) {
        var page = byReference.get(reference);
        return page == null ? List.of() : page.steps();
    }

    /// How many calls are remembered.
    public int size() {
        return size.get();
    }

    private Page page(long call) {
        var page = pages.get(call);
        if (page != null) {
            return page;
        }
        var fresh = new Page(call);
        var known = pages.putIfAbsent(call, fresh);
        if (known != null) {
            return known;
        }
        oldestFirst.add(fresh);
        if (size.incrementAndGet() > mostCalls) {
            forgetOldest();
        }
        return fresh;
    }

    private void forgetOldest() {
        var oldest = oldestFirst.poll();
        if (oldest != null) {
            size.decrementAndGet();
            oldest.forgotten = true;
            pages.remove(oldest.call, oldest);
            var reference = oldest.reference;
            if (reference != null) {
                byReference.remove(reference, oldest);
            }
        }
    }

    /// Most messages have one of a few labels, which is then kept once.
    private LadderStep masked(LadderStep step) {
        var label = E164.mask(step.label());
        var kept = labels.get(label);
        if (kept == null) {
            kept = label;
            if (labels.size() < LABELS) {
                labels.put(label, label);
            }
        }
        return new LadderStep(step.call(), step.sent(), step.nanos(), kept, E164.mask(step.called()), step.hash());
    }

    private static final class Page {

        private final long call;
        private final List<LadderStep> steps = new ArrayList<>(8);
        private volatile @Nullable String reference;
        private volatile boolean forgotten;

        Page(long call) {
            this.call = call;
        }

        synchronized void add(LadderStep step, int most) {
            if (steps.size() < most) {
                steps.add(step);
            }
        }

        synchronized List<LadderStep> steps() {
            return List.copyOf(steps);
        }
    }
}
