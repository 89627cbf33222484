package io.flashcall.engine.simulation;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The far end of both trunks: a population of callees, each with a [Habit] of its own.
///
/// It reads and writes SIP by itself, as text: nothing of the engine's codec, so that a misreading there is not
/// shared here.
final class Peer {

    private static final int TRIES = 5;

    private final Schedule schedule;
    private final Chance chance;
    private final Conditions conditions;
    private final Consumer<Datagram> wire;
    private final Map<String, PeerCall> calls = new LinkedHashMap<>();
    private final List<Datagram> said = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private int numbers;

    Peer(Schedule schedule, Chance chance, Conditions conditions, Consumer<Datagram> wire) {
        this.schedule = schedule;
        this.chance = chance;
        this.conditions = conditions;
        this.wire = wire;
    }

    /// Whatever reaches one of its addresses.
    void receive(Datagram datagram) {
        var message = Message.read(datagram.text());
        if (message.isResponse()) {
            onResponse(message, datagram);
            return;
        }
        switch (message.method()) {
            case "INVITE" -> onInvite(message, datagram.to());
            case "ACK" -> call(message).ifPresent(call -> call.onAck(message));
            case "CANCEL" ->
                call(message).ifPresentOrElse(call -> call.onCancel(message), () -> refuse(message, datagram.to()));
            default -> call(message).ifPresentOrElse(call -> call.onBye(message), () -> refuse(message, datagram.to()));
        }
    }

    private java.util.Optional<PeerCall> call(Message message) {
        return java.util.Optional.ofNullable(calls.get(message.callId()));
    }

    private void onInvite(Message invite, InetSocketAddress reached) {
        var known = calls.get(invite.callId());
        if (known != null) {
            known.onInviteAgain();
            return;
        }
        int trunk = conditions.isSource(0, reached) ? 0 : 1;
        var habit = Habit.drawn(chance, conditions.t1(), trunk);
        var self = habit.elsewhere() ? Conditions.address("10." + (trunk + 1) + ".0.9", 6000) : reached;
        var call = new PeerCall(this, habit, invite, self);
        calls.put(invite.callId(), call);
        call.begin();
    }

    /// An INVITE of ours is ACKed, as a rule; any other is answered now.
    private void onResponse(Message response, Datagram datagram) {
        if (response.status() >= 200) {
            answered.add(response.branch());
            if (response.method().equals("INVITE") && !chance.of(0.3)) {
                String host = datagram.to().getHostString();
                String invite = Text.request("ACK", host, response.branch().substring("z9hG4bK".length()));
                say(datagram.to(), invite);
            }
        }
    }

    private void refuse(Message request, InetSocketAddress self) {
        say(self, Text.response(request, 481, "x" + number(), List.of()));
    }

    // What its calls ask of it.

    long now() {
        return schedule.now();
    }

    void after(long delay, Runnable action) {
        schedule.after(delay, action);
    }

    Chance chance() {
        return chance;
    }

    Conditions conditions() {
        return conditions;
    }

    int number() {
        return ++numbers;
    }

    void say(InetSocketAddress self, String text) {
        var datagram = new Datagram(text, self, Conditions.AGENT);
        said.add(datagram);
        wire.accept(datagram);
    }

    /// Sends a request until it is answered, or nobody answers.
    void ask(InetSocketAddress self, String text) {
        ask(self, text, Message.read(text).branch(), TRIES);
    }

    private void ask(InetSocketAddress self, String text, String branch, int tries) {
        if (tries > 0 && !answered.contains(branch)) {
            say(self, text);
            after(conditions.t1() << (TRIES - tries), () -> ask(self, text, branch, tries - 1));
        }
    }

    /// All that it ever sent.
    List<Datagram> said() {
        return said;
    }

    Collection<PeerCall> calls() {
        return calls.values();
    }
}
