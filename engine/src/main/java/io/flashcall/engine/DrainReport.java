package io.flashcall.engine;

import java.util.List;

/// What came of [Engine#drain].
///
/// @param live how many calls were live when it began
/// @param left those that still held a slot when the time was over: among them calls whose end was already reported
///             (`NO_RESPONSE`) and that still wait for Timer B
public record DrainReport(int live, List<CallId> left) {

    public DrainReport {
        left = List.copyOf(left);
    }

    public boolean complete() {
        return left.isEmpty();
    }
}
