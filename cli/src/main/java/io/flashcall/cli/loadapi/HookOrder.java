package io.flashcall.cli.loadapi;

import io.flashcall.cli.hook.Hook;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Whether the events of each verification come in their order. One that comes again is none of its business:
/// deliveries are at least once. Thread-safe.
final class HookOrder {

    private final Map<String, BitSet> seen = new ConcurrentHashMap<>();
    private final LongAdder overtaken = new LongAdder();

    void note(Hook hook) {
        int sequence = Math.toIntExact(hook.sequence());
        var events = seen.computeIfAbsent(hook.verification(), _ -> new BitSet());
        synchronized (events) {
            if (!events.get(sequence) && events.length() > sequence) {
                overtaken.increment();
            }
            events.set(sequence);
        }
    }

    long overtaken() {
        return overtaken.sum();
    }
}
