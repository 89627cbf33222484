package io.flashcall.testbed;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// The carrier's numbers: written by its loop alone, read by anyone.
final class Counts {

    /// What is counted.
    enum Kind {
        INVITES,
        INVITES_REPEATED,
        CANCELS,
        ACKS,
        BYES,
        OPTIONS,
        RINGING,
        ANSWERED,
        UP,
        OPEN,
        RESPONSES,
        REPEATED,
        DROPPED,
        DUPLICATED,
        UNEXPECTED,
        MALFORMED,
        CHALLENGED,
        AUTHORIZED,
        REFUSED,
        STALE,
        CONNECTIONS,
        DISCONNECTIONS,
        PINGS,
        PRACKS,
        ASKED,
        ACCEPTED,
        DECLINED,
        REGISTERS,
        BOUND
    }

    private static final int KEPT_VIOLATIONS = 200;

    private final Map<Kind, AtomicLong> numbers = zeros(Kind.class);
    private final Map<Rule, AtomicLong> broken = zeros(Rule.class);
    private final List<Violation> violations = new CopyOnWriteArrayList<>();

    /// One key for each constant, never changed after: safe to read from any thread.
    private static <K extends Enum<K>> Map<K, AtomicLong> zeros(Class<K> keys) {
        Map<K, AtomicLong> map = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            map.put(key, new AtomicLong());
        }
        return map;
    }

    void add(Kind kind) {
        add(kind, 1);
    }

    void add(Kind kind, long change) {
        add(number(numbers, kind), change);
    }

    /// For a number that is measured, not counted.
    void set(Kind kind, long value) {
        number(numbers, kind).setRelease(value);
    }

    void violated(Rule rule, String callId, String detail) {
        add(number(broken, rule), 1);
        if (violations.size() < KEPT_VIOLATIONS) {
            violations.add(new Violation(rule, callId, detail));
        }
    }

    /// One writer: no read-modify-write instruction is needed.
    private static void add(AtomicLong number, long change) {
        number.setRelease(number.getPlain() + change);
    }

    private static <K> AtomicLong number(Map<K, AtomicLong> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    CarrierCounters snapshot() {
        Map<Rule, Long> rules = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            long count = number(broken, rule).getAcquire();
            if (count > 0) {
                rules.put(rule, count);
            }
        }
        return new CarrierCounters(
                new CarrierCounters.Requests(
                        of(Kind.INVITES),
                        of(Kind.INVITES_REPEATED),
                        of(Kind.CANCELS),
                        of(Kind.ACKS),
                        of(Kind.BYES),
                        of(Kind.OPTIONS)),
                new CarrierCounters.Calls(of(Kind.RINGING), of(Kind.ANSWERED), of(Kind.UP), of(Kind.OPEN)),
                new CarrierCounters.Traffic(
                        of(Kind.RESPONSES),
                        of(Kind.REPEATED),
                        of(Kind.DROPPED),
                        of(Kind.DUPLICATED),
                        of(Kind.UNEXPECTED),
                        of(Kind.MALFORMED)),
                new CarrierCounters.Trunk(
                        new CarrierCounters.Access(
                                of(Kind.CHALLENGED), of(Kind.AUTHORIZED), of(Kind.REFUSED), of(Kind.STALE)),
                        new CarrierCounters.Registrations(of(Kind.REGISTERS), of(Kind.BOUND)),
                        new CarrierCounters.Streams(
                                of(Kind.CONNECTIONS), of(Kind.CONNECTIONS) - of(Kind.DISCONNECTIONS), of(Kind.PINGS)),
                        new CarrierCounters.Early(
                                of(Kind.PRACKS), of(Kind.ASKED), of(Kind.ACCEPTED), of(Kind.DECLINED))),
                rules);
    }

    private long of(Kind kind) {
        return number(numbers, kind).getAcquire();
    }
}
