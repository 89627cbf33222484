package io.flashcall.engine.capture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which messages are written. The loops judge what they know; whose message it is that came without its trunk's
/// name, the writer knows from what was sent over the trunk before: the call's INVITE, or, for messages that belong
/// to no call, anything sent to the same address.
final class PcapFilter {

    /// The loop's judgement, handed to the writer as a note.
    static final int LEAVE = 0;

    static final int TAKE = 1;
    static final int ASK = 2;

    /// Calls that are remembered: more than live at once, and some 10 MB at most.
    private static final int MOST_CALLS = 100_000;

    private static final int MOST_PEERS = 1_000;

    private final String trunk;
    private final boolean callsAlone;
    private final Set<Long> calls = youngest(MOST_CALLS);
    private final Set<Address> peers = youngest(MOST_PEERS);
    private Address lastPeer = new Address(0, 0);

    private record Address(long hi, long lo) {

        static Address of(WireMessage message) {
            return new Address(message.peer().hi(), message.peer().lo());
        }

        boolean is(WireMessage message) {
            return hi == message.peer().hi() && lo == message.peer().lo();
        }
    }

    /// @param trunk      its name, or empty for all messages
    /// @param callsAlone whether messages of no call are left out
    PcapFilter(String trunk, boolean callsAlone) {
        this.trunk = trunk;
        this.callsAlone = callsAlone;
    }

    /// Any thread, allocates nothing.
    int judge(WireMessage message) {
        if (callsAlone && message.call() == 0) {
            return LEAVE;
        }
        if (trunk.isEmpty()) {
            return TAKE;
        }
        if (message.trunk().isEmpty()) {
            return ASK;
        }
        return message.trunk().equals(trunk) ? TAKE : LEAVE;
    }

    /// Whether to write the message; for the writer's thread, which asks for each.
    boolean takes(WireMessage message, int judgement) {
        boolean ofCall = message.call() != 0;
        if (judgement == ASK) {
            return ofCall ? calls.contains(message.call()) : peers.contains(Address.of(message));
        }
        if (!trunk.isEmpty() && message.sent()) {
            remember(message);
        }
        return true;
    }

    private void remember(WireMessage message) {
        if (!lastPeer.is(message)) {
            lastPeer = Address.of(message);
            peers.add(lastPeer);
        }
        if (message.call() != 0) {
            calls.add(message.call());
        }
    }

    private static <T> Set<T> youngest(int most) {
        return Collections.newSetFromMap(new LinkedHashMap<T, Boolean>() {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<T, Boolean> eldest) {
                return size() > most;
            }
        });
    }
}
