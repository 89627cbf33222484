package io.flashcall.cli.option;

/// How much a command's user agents are to hold. A table that is no larger than needed starts sooner.
///
/// @param count         user agents
/// @param maxCalls      slots of each
/// @param receiveBuffer bytes to ask for, each
public record AgentSizes(int count, int maxCalls, int receiveBuffer) {

    /// One call.
    public static final AgentSizes ONE_CALL = new AgentSizes(1, 4, 256 * 1024);

    private static final int EVENTS_PER_CALL = 5;
    private static final int MOST_EVENTS = 1 << 26;

    /// Room for the events of all calls at once, so that none is refused because we are slow.
    int eventCapacity() {
        return Math.clamp((long) EVENTS_PER_CALL * maxCalls, 2 * EVENTS_PER_CALL, MOST_EVENTS);
    }
}
