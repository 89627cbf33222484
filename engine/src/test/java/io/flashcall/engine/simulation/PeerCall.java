package io.flashcall.engine.simulation;

import io.flashcall.engine.simulation.Habit.Conclusion;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call as the callee's side sees it: the INVITE's server transaction and the forks behind it.
final class PeerCall {

    private final Peer peer;
    private final Habit habit;
    private final Message invite;
    private final InetSocketAddress self;
    private final long began;
    private final List<PeerFork> forks = new ArrayList<>();
    private boolean cancelled;
    private boolean refused;
    private boolean acknowledged;
    private String last = "";

    PeerCall(Peer peer, Habit habit, Message invite, InetSocketAddress self) {
        this.peer = peer;
        this.habit = habit;
        this.invite = invite;
        this.self = self;
        began = peer.now();
        for (int i = 0; i < habit.forks(); i++) {
            forks.add(new PeerFork("t" + peer.number() + "-" + i, this));
        }
    }

    // What forks ask of it.

    Conditions conditions() {
        return peer.conditions();
    }

    Habit habit() {
        return habit;
    }

    long now() {
        return peer.now();
    }

    boolean isDead() {
        return habit.diesAt() != Schedule.NEVER && now() - began >= habit.diesAt();
    }

    void after(long delay, Runnable action) {
        peer.after(delay, () -> {
            if (!isDead()) {
                action.run();
            }
        });
    }

    void say(int status, String tag, List<String> more) {
        last = Text.response(invite, status, tag, more);
        peer.say(self, last);
    }

    void ask(String method, String tag) {
        peer.ask(self, Text.inDialog(method, invite, tag, self.getHostString(), "peer" + peer.number()));
    }

    List<PeerFork> forks() {
        return forks;
    }

    String id() {
        return invite.callId();
    }

    // What happens to it.

    void begin() {
        forks.forEach(fork -> progress(fork, 0));
        after(habit.concludesAt(), this::conclude);
    }

    private void progress(PeerFork fork, int step) {
        if (step == habit.progress().size()) {
            return;
        }
        after(peer.chance().between(0, habit.pace()), () -> {
            if (isOpen() && fork.state() == PeerFork.State.EARLY) {
                int status = habit.progress().get(step);
                for (int i = 0; i <= habit.repeats(); i++) {
                    say(status, status == 100 ? "" : fork.tag, List.of());
                }
                progress(fork, step + 1);
            }
        });
    }

    private void conclude() {
        if (cancelled || habit.conclusion() == Conclusion.NONE) {
            return;
        }
        if (habit.conclusion() == Conclusion.ANSWER) {
            answer();
        } else {
            refuse(habit.refusal(), habit.reason());
        }
    }

    /// Each fork on its own: they cannot know of one another.
    private void answer() {
        forks.forEach(fork -> after(peer.chance().between(0, habit.pace()), () -> {
            if (!refused) {
                fork.answer();
            }
        }));
    }

    private void refuse(int status, List<String> more) {
        if (isOpen()) {
            refused = true;
            repeatRefusal(status, more, conditions().t1(), now() + conditions().timeout());
        }
    }

    /// Timers G and H.
    private void repeatRefusal(int status, List<String> more, long interval, long deadline) {
        if (!acknowledged && now() < deadline) {
            say(status, forks.getFirst().tag, more);
            long next = Math.min(2 * interval, conditions().t2());
            after(interval, () -> repeatRefusal(status, more, next, deadline));
        }
    }

    /// Neither refused nor answered anywhere.
    private boolean isOpen() {
        return !refused && forks.stream().allMatch(fork -> fork.state() == PeerFork.State.EARLY);
    }

    /// The INVITE again: the last response again, unless that is a 2xx, which its fork repeats.
    void onInviteAgain() {
        if (!isDead() && !last.isEmpty() && (isOpen() || refused)) {
            peer.say(self, last);
        }
    }

    void onAck(Message ack) {
        if (ack.branch().equals(invite.branch())) {
            acknowledged = true;
        } else if (!isDead()) {
            fork(ack).ifPresent(PeerFork::onAck);
        }
    }

    void onCancel(Message cancel) {
        if (isDead()) {
            return;
        }
        boolean known = cancel.branch().equals(invite.branch());
        if (habit.answersCancel()) {
            peer.say(self, Text.response(cancel, known ? 200 : 481, "c" + peer.number(), List.of()));
        }
        if (known && !cancelled) {
            cancelled = true;
            after(habit.cancelDelay(), this::afterCancel);
        }
    }

    private void afterCancel() {
        switch (habit.onCancel()) {
            case REFUSE_487 -> refuse(487, habit.reason());
            case REFUSE_OTHERWISE -> refuse(habit.refusal(), habit.reason());
            case ANSWER -> answer();
            case REFUSE_AND_ANSWER -> {
                boolean open = isOpen();
                refuse(487, List.of());
                if (open) {
                    after(peer.chance().between(0, habit.pace()), forks.getLast()::answer);
                }
            }
            case NOTHING -> {}
        }
    }

    void onBye(Message bye) {
        var fork = fork(bye);
        if (isDead()) {
            return;
        }
        int status = fork.map(PeerFork::onBye).orElse(481);
        if (habit.answersBye()) {
            for (int i = 0; i < habit.repeats(); i++) {
                peer.say(self, Text.response(bye, 100, "", List.of()));
            }
            peer.say(self, Text.response(bye, status, "", List.of()));
        }
    }

    private Optional<PeerFork> fork(Message message) {
        return forks.stream().filter(fork -> fork.tag.equals(message.toTag())).findFirst();
    }
}
