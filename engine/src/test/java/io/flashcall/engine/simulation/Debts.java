package io.flashcall.engine.simulation;

import io.flashcall.engine.simulation.CallWitness.Reply;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the agent owes for what it was given: an ACK for each final, a BYE for each fork, an answer to each request;
/// all within the same cycle.
final class Debts {

    /// A call that ended long ago need not be remembered, so a debt is forgiven when it was made after that.
    private record Debt(@Nullable CallWitness call, String kind, String key, long at, boolean optional) {}

    private final Conditions conditions;
    private final List<Debt> owed = new ArrayList<>();
    private final List<Debt> unpaid = new ArrayList<>();
    private final Map<String, String> requests = new HashMap<>();
    private final Map<String, Set<InetSocketAddress>> askers = new HashMap<>();

    Debts(Conditions conditions) {
        this.conditions = conditions;
    }

    /// A 2xx: an ACK each time, a BYE the first time.
    void answer(CallWitness call, Reply reply) {
        String to = reply.message().header("To");
        owed.add(new Debt(call, "ACK", to, reply.at(), false));
        if (!call.byes.containsKey(reply.message().toTag())) {
            owed.add(new Debt(call, "BYE", to, reply.at(), false));
        }
    }

    /// Another final: an ACK each time, but behind a 2xx nobody asks for one (RFC 6026 §7.2).
    void refusal(CallWitness call, Reply reply) {
        boolean answered = !call.answers().isEmpty();
        owed.add(new Debt(call, "ACK of failure", reply.message().header("To"), reply.at(), answered));
    }

    void request(Message request, InetSocketAddress from, long now) {
        askers.computeIfAbsent(request.branch(), _ -> new HashSet<>()).add(from);
        if (!request.method().equals("ACK")) {
            requests.putIfAbsent(request.branch(), request.method());
            owed.add(new Debt(null, "answer", request.branch(), now, false));
        }
    }

    /// Whether this was owed; then it is no more.
    boolean pay(@Nullable CallWitness call, String kind, String key) {
        return take(debt ->
                debt.call() == call && debt.kind().equals(kind) && debt.key().equals(key));
    }

    private boolean take(Predicate<Debt> wanted) {
        for (int i = 0; i < owed.size(); i++) {
            if (wanted.test(owed.get(i))) {
                owed.remove(i);
                return true;
            }
        }
        return false;
    }

    /// Which method that transaction of the peer's has, or nothing.
    String methodOf(String branch) {
        return requests.getOrDefault(branch, "");
    }

    boolean wasAskedBy(String branch, InetSocketAddress address) {
        return askers.getOrDefault(branch, Set.of()).contains(address);
    }

    void cycleEnds() {
        owed.stream().filter(debt -> !debt.optional()).forEach(unpaid::add);
        owed.clear();
    }

    void finish() {
        for (var debt : unpaid) {
            var call = debt.call();
            boolean forgotten = call != null
                    && debt.at() >= call.endedAt(conditions.phase()) + conditions.linger() - conditions.slack();
            Rule.require(
                    forgotten,
                    call == null ? debt.key() : call.toString(),
                    "what arrives gets its " + debt.kind() + " at once: at " + debt.at() / 1e6 + " ms for "
                            + debt.key());
        }
    }
}
