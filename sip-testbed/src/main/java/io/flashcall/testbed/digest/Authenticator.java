package io.flashcall.testbed.digest;

import io.flashcall.testbed.wire.SipMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holds requests against a policy: one desk after the other, the server's 401 before the proxy's 407, so
/// that one call may have to pass both. Confined to the loop.
public final class Authenticator {

    private static final int MOST_CALLS = 20_000;

    private final DigestPolicy policy;
    private final List<Desk> desks = new ArrayList<>(2);
    private final Map<String, Integer> toldStale = new LinkedHashMap<>();

    public Authenticator(DigestPolicy policy) {
        this.policy = policy;
        policy.realms().server().ifPresent(realm -> desks.add(Desk.server(policy, realm)));
        policy.realms().proxy().ifPresent(realm -> desks.add(Desk.proxy(policy, realm)));
    }

    /// Judges one request. A retransmission must not come here: its nonce count has been used.
    ///
    /// @param now on the clock of [System#nanoTime]
    public Verdict check(SipMessage request, long now) {
        if (!policy.methods().contains(request.method())) {
            return new Verdict.Admitted("", List.of());
        }
        List<Verdict.Fault> faults = new ArrayList<>();
        for (Desk desk : desks) {
            switch (desk.check(request, now)) {
                case Verdict.Admitted(String _, List<Verdict.Fault> seen) -> faults.addAll(seen);
                case Verdict.Challenged challenged -> {
                    return challenged;
                }
            }
        }
        return isToldStale(request.callId())
                ? desks.getLast().stale(now, faults)
                : new Verdict.Admitted(policy.user(), faults);
    }

    private boolean isToldStale(String callId) {
        int told = toldStale.getOrDefault(callId, 0);
        if (told >= policy.nonces().stale()) {
            return false;
        }
        toldStale.put(callId, told + 1);
        if (toldStale.size() > MOST_CALLS) {
            toldStale.remove(toldStale.keySet().iterator().next());
        }
        return true;
    }
}
