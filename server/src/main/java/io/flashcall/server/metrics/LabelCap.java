package io.flashcall.server.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a label's values few: once there are enough, new ones become `other`. Thread-safe; a race may let a handful
/// more through.
final class LabelCap {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    LabelCap(int most) {
        this.most = most;
    }

    String of(String value) {
        if (seen.contains(value)) {
            return value;
        }
        if (seen.size() >= most) {
            return OTHER;
        }
        seen.add(value);
        return value;
    }
}
