package io.flashcall.cli.load;

import io.flashcall.cli.option.AgentSizes;
import io.flashcall.engine.CallPolicy;

/// How many slots a load needs: as many as can be up at once if every call takes its longest usual time, and no more
/// than there are calls.
record LoadSizing(OpenLoop schedule, int agents, long maxInFlight) {

    private static final double NANOS = 1e9;
    private static final double SPARE_SECONDS = 1;
    private static final int SPARE_CALLS = 64;
    private static final int MOST_CALLS = 4_000_000;
    private static final int RECEIVE_BUFFER = 8 * 1024 * 1024;

    AgentSizes sizes(CallPolicy calls) {
        double seconds = calls.ringTime().plus(calls.setupTimeout()).toNanos() / NANOS + SPARE_SECONDS;
        double atOnce = Math.min(schedule.rate() * seconds, (double) schedule.calls());
        // Twice: a call that ended for want of a response keeps its slot for a while.
        double allowed = Math.min(atOnce, 2.0 * maxInFlight);
        int each = (int) Math.min(MOST_CALLS, Math.ceil(allowed / agents) + SPARE_CALLS);
        return new AgentSizes(agents, each, RECEIVE_BUFFER);
    }
}
