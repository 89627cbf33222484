package io.flashcall.engine.simulation;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

/// What else arrives while calls are made: pings, strangers, garbage, what was recorded earlier, and guesses.
final class Noise {

    private final Schedule schedule;
    private final Chance chance;
    private final Peer peer;
    private final Consumer<Datagram> wire;
    private int number;

    Noise(Schedule schedule, Chance chance, Peer peer, Consumer<Datagram> wire) {
        this.schedule = schedule;
        this.chance = chance;
        this.peer = peer;
        this.wire = wire;
    }

    void spread(int count, long span) {
        for (int i = 0; i < count; i++) {
            schedule.at(chance.between(0, span), this::make);
        }
    }

    private void make() {
        var self = Conditions.address("10." + (1 + chance.below(2)) + ".0." + chance.between(1, 9), 5060);
        var stranger = Conditions.address("192.0.2." + chance.between(1, 9), 5060);
        switch (chance.below(9)) {
            case 0 -> peer.ask(self, request("OPTIONS", self));
            case 1 -> peer.ask(self, request("INVITE", self));
            case 2 -> peer.ask(self, request(chance.pick("BYE", "CANCEL", "REFER", "FROB", "ACK"), self));
            case 3 -> send(request(chance.pick("OPTIONS", "INVITE"), stranger), stranger);
            case 4 -> send(garbage(), chance.pick(self, stranger));
            case 5, 6 -> replay(self, stranger);
            default -> guess(self);
        }
    }

    private String request(String method, InetSocketAddress self) {
        return Text.request(method, self.getHostString(), "noise" + ++number);
    }

    private String garbage() {
        if (chance.of(0.5) && !peer.said().isEmpty()) {
            String text = chance.pick(peer.said()).text();
            return text.substring(0, chance.below(text.length() - 3));
        }
        var bytes = new StringBuilder(chance.pick("", "SIP/2.0 200 OK\r\n", "INVITE ", "\r\n\r\n"));
        for (int i = chance.below(60); i > 0; i--) {
            bytes.append((char) chance.below(256));
        }
        return bytes.toString();
    }

    /// What was said before, by whoever said it, by another, or by a stranger.
    private void replay(InetSocketAddress self, InetSocketAddress stranger) {
        if (!peer.said().isEmpty()) {
            var old = chance.pick(peer.said());
            send(old.text(), chance.pick(old.from(), self, stranger));
        }
    }

    /// A response that is right but for a digit of its branch or its From tag, or for its CSeq.
    private void guess(InetSocketAddress self) {
        if (peer.said().isEmpty()) {
            return;
        }
        String text = chance.pick(peer.said()).text();
        var message = Message.read(text);
        String right = chance.pick(message.branch(), message.fromTag(), message.header("CSeq"));
        boolean guessable = message.isResponse() && right.length() > 3;
        if (guessable) {
            int at = right.startsWith("z9hG4bK") ? (int) chance.between(7, right.length() - 1) : chance.below(1);
            char other = right.charAt(at) == '5' ? '6' : '5';
            String wrong = right.substring(0, at) + other + right.substring(at + 1);
            send(text.replace(right, wrong).replaceFirst("SIP/2.0 [1-6]", "SIP/2.0 " + chance.pick(1, 2, 4)), self);
        }
    }

    private void send(String text, InetSocketAddress from) {
        wire.accept(new Datagram(text, from, Conditions.AGENT));
    }
}
