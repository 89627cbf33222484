package io.flashcall.engine.capture;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEventListener;
import io.flashcall.engine.CallId;
import io.flashcall.engine.E164;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers the messages of recent calls, within a number of bytes; the oldest calls are forgotten first. Of a long
/// call, the first messages are kept. Whoever does not ask for numbers gets them masked: a caller id is a secret, and
/// a peer may have written it into a reason phrase.
///
/// Thread-safe. A message costs its event loop a copy; a thread of its own reads it. Asking waits for that thread, so
/// that all is there that had passed before.
public final class RecentLadders implements TraceListener, CallEventListener, AutoCloseable {

    private static final int RING_BYTES = 1 << 22;
    private static final int MOST_STEPS = 64;
    private static final int MOST_LABELS = 512;
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

    // What things take in the heap, by and large: with their headers, their places in maps and lists.
    private static final int CALL_BYTES = 240;
    private static final int STEP_BYTES = 56;
    private static final int TEXT_BYTES = 56;

    private final long mostBytes;
    private final CaptureThread thread;

    /// Guards all that follows. No event loop takes it.
    private final Object lock = new Object();

    private final LinkedHashMap<Long, Page> oldestFirst = new LinkedHashMap<>();
    private final Map<String, Page> byReference = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private long bytes;

    private RecentLadders(long mostBytes) {
        this.mostBytes = mostBytes;
        thread = new CaptureThread("flashcall-ladders", RING_BYTES, (message, _) -> {
            add(LadderStep.of(message));
            return true;
        });
    }

    /// Starts its thread.
    ///
    /// @param mostBytes a usual call takes some 800
    public static RecentLadders start(long mostBytes) {
        var ladders = new RecentLadders(mostBytes);
        ladders.thread.start();
        return ladders;
    }

    @Override
    public void onMessage(WireMessage message) {
        if (message.call() == 0) {
            thread.leaveOut();
        } else {
            thread.offer(message, 0);
        }
    }

    /// Learns which call a reference names.
    @Override
    public void onEvent(CallEvent event) {
        if (event instanceof CallEvent.Placed(var stamp)) {
            synchronized (lock) {
                var page = page(stamp.call().value());
                if (page.reference == null) {
                    page.reference = stamp.reference();
                    byReference.put(stamp.reference(), page);
                    grow(page, TEXT_BYTES + stamp.reference().length());
                }
            }
        }
    }

    /// The messages of a call, in order, with masked numbers; empty when it is unknown, forgotten, or not placed yet.
    ///
    /// @param reference as in its [CallEvent.Stamp]
    public List<LadderStep> of(String reference) {
        return masked(plainly(reference));
    }

    /// The messages of a call, in order, with masked numbers; empty when it is unknown or forgotten.
    public List<LadderStep> of(CallId call) {
        return masked(plainly(call));
    }

    /// As [#of(String)], with its numbers: for those who may see them.
    public List<LadderStep> plainly(String reference) {
        thread.catchUp(LONGEST_WAIT_NANOS);
        synchronized (lock) {
            var page = byReference.get(reference);
            return page == null ? List.of() : List.copyOf(page.steps);
        }
    }

    /// As [#of(CallId)], with its numbers: for those who may see them.
    public List<LadderStep> plainly(CallId call) {
        thread.catchUp(LONGEST_WAIT_NANOS);
        synchronized (lock) {
            var page = oldestFirst.get(call.value());
            return page == null ? List.of() : List.copyOf(page.steps);
        }
    }

    /// The ladder of a call, line by line; its numbers are masked unless the style says otherwise.
    public List<String> draw(CallId call, LadderStyle style) {
        var ladder = new Ladder(style);
        return plainly(call).stream().map(ladder::line).toList();
    }

    /// How many calls are remembered.
    public int calls() {
        thread.catchUp(LONGEST_WAIT_NANOS);
        synchronized (lock) {
            return oldestFirst.size();
        }
    }

    /// So far. What belongs to no call is left out.
    public CaptureCounters counters() {
        return thread.counters();
    }

    /// Ends its thread; what is remembered can still be asked for.
    @Override
    public void close() {
        thread.close();
    }

    private void add(LadderStep step) {
        synchronized (lock) {
            var page = page(step.call());
            if (page.steps.size() < MOST_STEPS) {
                String label = kept(step.label());
                page.steps.add(
                        new LadderStep(step.call(), step.sent(), step.nanos(), label, step.called(), step.hash()));
                int ofLabel = labels.containsKey(label) ? 0 : TEXT_BYTES + label.length();
                int ofNumber =
                        step.called().isEmpty() ? 0 : TEXT_BYTES + step.called().length();
                grow(page, STEP_BYTES + ofLabel + ofNumber);
            }
        }
    }

    private Page page(long call) {
        var page = oldestFirst.get(call);
        if (page == null) {
            page = new Page();
            oldestFirst.put(call, page);
            grow(page, CALL_BYTES);
        }
        return page;
    }

    private void grow(Page page, int by) {
        page.bytes += by;
        bytes += by;
        while (bytes > mostBytes && !oldestFirst.isEmpty()) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        var oldest = oldestFirst.pollFirstEntry().getValue();
        bytes -= oldest.bytes;
        if (oldest.reference != null) {
            byReference.remove(oldest.reference, oldest);
        }
    }

    /// Most messages have one of a few labels, which is then kept once.
    private String kept(String label) {
        var same = labels.get(label);
        if (same == null && labels.size() < MOST_LABELS) {
            labels.put(label, label);
        }
        return same == null ? label : same;
    }

    private static List<LadderStep> masked(List<LadderStep> steps) {
        return steps.stream()
                .map(step -> new LadderStep(
                        step.call(),
                        step.sent(),
                        step.nanos(),
                        E164.mask(step.label()),
                        E164.mask(step.called()),
                        step.hash()))
                .toList();
    }

    private static final class Page {

        private final List<LadderStep> steps = new ArrayList<>(8);
        private @Nullable String reference;
        private int bytes;
    }
}
