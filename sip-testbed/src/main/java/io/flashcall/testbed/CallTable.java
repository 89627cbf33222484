package io.flashcall.testbed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls a carrier remembers, found by transaction (branch and sent-by) as the RFC asks, and by Call-ID so that the
/// judge can tell a request gone wrong from a stranger's. Confined to the loop.
final class CallTable {

    /// How long a call may ring before the carrier ends it with 480, like a carrier's Timer C.
    static final long LONGEST_RINGING_NANOS = Duration.ofMinutes(4).toNanos();

    /// More calls than this and new ones are refused: the table stays bounded whatever comes.
    static final int MOST = 500_000;

    private final Map<String, Call> byTransaction = new HashMap<>(1 << 14);
    private final Map<String, Call> byCallId = new HashMap<>(1 << 14);

    void add(Call call) {
        byTransaction.put(call.invite().key(), call);
        byCallId.put(call.invite().callId(), call);
    }

    @Nullable Call byTransaction(String key) {
        return byTransaction.get(key);
    }

    /// The newest call with this Call-ID.
    @Nullable Call byCallId(String callId) {
        return byCallId.get(callId);
    }

    boolean isFull() {
        return byTransaction.size() >= MOST;
    }

    /// Forgets what is over and has been remembered long enough.
    void sweep(long now) {
        Iterator<Call> calls = byTransaction.values().iterator();
        while (calls.hasNext()) {
            Call call = calls.next();
            if (call.isForgettable(now)) {
                calls.remove();
                byCallId.remove(call.invite().callId(), call);
            }
        }
    }
}
