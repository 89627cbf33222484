package io.flashcall.engine.simulation;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallId;
import io.flashcall.engine.agent.SimulatedAgent.Order;
import io.flashcall.engine.simulation.CallWitness.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must be true of every universe. It sees what goes in and out of the agent, never what is inside: each send is
/// judged as it happens ([SendRules]), what has to be sent at once is owed until the cycle ends ([Debts]), and each
/// call is judged when all is over ([StoryRules], [TimerRules]).
final class Invariants {

    private final Conditions conditions;
    private final Schedule schedule;
    private final Trace trace;
    private final Map<String, CallWitness> calls = new HashMap<>();
    private final Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
    private final List<CallWitness> hangUps = new ArrayList<>();
    private final Debts debts;
    private final SendRules sendRules;

    Invariants(Conditions conditions, Schedule schedule, Trace trace) {
        this.conditions = conditions;
        this.schedule = schedule;
        this.trace = trace;
        debts = new Debts(conditions);
        sendRules = new SendRules(conditions, debts);
    }

    // What the caller does.

    void accepted(CallId call, Order order) {
        var before = calls.put(call.toString(), new CallWitness(call, order, schedule.now()));
        Rule.require(before == null, call.toString(), "no two calls have the same id");
        trace.note(schedule.now(), "accepted", order.reference() + " " + call);
    }

    void refused(Order order, Reason reason) {
        refusals.merge(reason, 1, Integer::sum);
        trace.note(schedule.now(), "refused", order.reference() + " " + reason);
    }

    void hungUp(CallId call) {
        hangUps.add(calls.get(call.toString()));
    }

    void hungUpAll() {
        hangUps.addAll(calls.values());
    }

    void closed() {
        for (var call : calls.values()) {
            call.abortedAt = Math.min(call.abortedAt, schedule.now());
            trace.note(schedule.now(), "closed", call);
        }
    }

    /// The agent has run its commands.
    void commandsRan() {
        for (var call : hangUps) {
            call.hungUpAt = Math.min(call.hungUpAt, schedule.now());
            trace.note(schedule.now(), "hang up", call);
        }
        hangUps.clear();
    }

    // What passes the agent's socket.

    /// The agent is about to get this.
    void delivered(Datagram datagram) {
        var message = Message.read(datagram.text());
        if (!message.isSound() || !conditions.isAnySource(datagram.from())) {
            return;
        }
        if (!message.isResponse()) {
            debts.request(message, datagram.from(), schedule.now());
            return;
        }
        var call = callOf(message);
        if (call != null && conditions.isSource(call.order.trunk(), datagram.from())) {
            onResponse(call, message);
        }
    }

    private void onResponse(CallWitness call, Message response) {
        long now = schedule.now();
        boolean echoes = call.isEchoedBy(response);
        switch (response.method()) {
            case "INVITE" -> {
                if (echoes) {
                    onReply(call, new Reply(now, response));
                }
            }
            case "CANCEL" -> {
                if (echoes && call.cancel != null) {
                    call.cancel.onResponse(response.status(), now);
                }
            }
            case "BYE" ->
                call.byes.values().stream()
                        .filter(bye -> bye.first.branch().equals(response.branch())
                                && bye.first.fromTag().equals(response.fromTag()))
                        .forEach(bye -> bye.onResponse(response.status(), now));
            default -> {}
        }
    }

    private void onReply(CallWitness call, Reply reply) {
        if (reply.isAnswer()) {
            debts.answer(call, reply);
        } else if (reply.isFinal()) {
            debts.refusal(call, reply);
        }
        call.replies.add(reply);
    }

    /// The agent sends this.
    ///
    /// @param refused whether the system will not take it
    void sent(Datagram datagram, boolean refused) {
        var message = Message.read(datagram.text());
        Rule.require(message.isSound(), "", "what is sent is well-formed: " + datagram.text());
        var call = callOf(message);
        sendRules.judge(message, datagram, call, schedule.now());
        if (refused && call != null && message.startLine().startsWith("INVITE ") && call.invite != null) {
            call.neverLeft |= call.invite.times.size() == 1;
            trace.note(schedule.now(), "no send", datagram);
        }
    }

    void cycleEnds() {
        debts.cycleEnds();
    }

    private @Nullable CallWitness callOf(Message message) {
        String callId = message.callId();
        return callId.length() < 16 ? null : calls.get(callId.substring(0, 16));
    }

    // What the consumer hears.

    void event(CallEvent event) {
        var call = calls.get(event.stamp().call().toString());
        Rule.require(call != null, "", "events are about accepted calls");
        call.events.add(event);
        String name = event.getClass().getSimpleName();
        long at = event.stamp().nanos() - conditions.phase();
        trace.note(at, "event", call + " #" + event.stamp().sequence() + " " + name + detail(event));
    }

    private static String detail(CallEvent event) {
        return event instanceof CallEvent.Ended ended ? " " + ended.outcome() : "";
    }

    /// Nothing is on its way any more and nothing will happen.
    void finish(List<String> leftovers, Collection<PeerCall> peerCalls) {
        var stories = new StoryRules(conditions);
        var timers = new TimerRules(conditions);
        calls.values().forEach(stories::judgeOrder);
        var whole = calls.values().stream()
                .filter(call -> !call.isAborted(conditions.phase()))
                .toList();
        whole.forEach(timers::judge);
        whole.forEach(stories::judge);
        debts.finish();
        peerCalls.forEach(this::nobodyStaysAnswered);
        Rule.require(leftovers.isEmpty(), "", "everything is given back: " + leftovers);
    }

    /// A fork may be up at the end only if its callee died, or if none of all the BYEs for it got through.
    private void nobodyStaysAnswered(PeerCall peerCall) {
        var call = calls.get(peerCall.id().substring(0, 16));
        for (var fork : peerCall.forks()) {
            boolean excused =
                    peerCall.isDead() || (call != null && call.byes.containsKey(fork.tag) && fork.byesReceived() == 0);
            boolean over = fork.state() == PeerFork.State.EARLY || fork.state() == PeerFork.State.DOWN;
            Rule.require(over || excused, peerCall.id(), "no call stays answered at the peer: fork " + fork.tag);
        }
    }

    /// How many calls of this universe fit a description; shows that the simulation gets around.
    int count(java.util.function.Predicate<CallWitness> description) {
        return (int) calls.values().stream().filter(description).count();
    }

    int refusals(Reason reason) {
        return refusals.getOrDefault(reason, 0);
    }
}
