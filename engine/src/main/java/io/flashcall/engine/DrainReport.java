package io.flashcall.engine;

import java.util.List;

/// What came of [Engine#drain].
///
/// @param live how many calls were live when it began
/// @param left those that had not ended when the time was over
public record DrainReport(int live, List<CallId> left) {

    public DrainReport {
        left = List.copyOf(left);
    }

    public boolean complete() {
        return left.isEmpty();
    }
}
