package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// One session that all sorts of things happen to, drawn from a seed, and what must be true at every step.
final class SessionWalk {

    private static final int STEPS = 60;
    private static final List<ChannelName> NAMES = List.of(ChannelName.FLASH_CALL, SessionPlay.SMS, SessionPlay.VOICE);

    private final Random random;
    private final SessionPlay play;
    private final SessionRules rules;
    private final List<String> story = new ArrayList<>();

    SessionWalk(long seed) {
        random = new Random(seed);
        play = SessionPlay.with(terms());
        rules = new SessionRules(play.step());
    }

    SessionWalk run() {
        for (int i = 0; i < STEPS; i++) {
            move();
            var event = event();
            story.add("at " + Duration.between(SessionPlay.START, play.now()) + " in " + play.state() + ": " + event);
            play.happens(event);
            rules.judge(event, play.step(), play.now());
        }
        play.after(Duration.ofHours(1)).timePasses();
        assertThat(play.session().status().isFinal()).as("ends by its deadline").isTrue();
        return this;
    }

    /// Everything that happened.
    String story() {
        return String.join("\n", story);
    }

    Session session() {
        return play.session();
    }

    private Terms terms() {
        List<PlannedChannel> channels = new ArrayList<>();
        for (var name : NAMES) {
            if (random.nextInt(4) > 0) {
                channels.add(random.nextInt(channels.size() + 1), planned(name));
            }
        }
        if (channels.isEmpty()) {
            channels.add(PlannedChannel.FLASH_CALL);
        }
        var ttl = Duration.ofSeconds(10 + random.nextInt(200));
        return new Terms(4, ttl, 1 + random.nextInt(5), 1 + random.nextInt(5), channels, Duration.ofSeconds(1));
    }

    private PlannedChannel planned(ChannelName name) {
        return new PlannedChannel(name, Duration.ofSeconds(1 + random.nextInt(60)));
    }

    private void move() {
        switch (random.nextInt(8)) {
            case 0 -> play.after(Duration.ofMillis(random.nextInt(30_000)));
            case 1, 2 -> {
                var deadline = play.session().deadline();
                if (deadline.isPresent() && deadline.get().isAfter(play.now())) {
                    play.after(Duration.between(play.now(), deadline.get()));
                }
            }
            case 3 -> {}
            default -> play.after(Duration.ofMillis(random.nextInt(2_000)));
        }
    }

    private SessionEvent event() {
        var session = play.session();
        if (session.phase() instanceof Phase.Launching launching && random.nextBoolean()) {
            return launched(session, launching.send(), launching.channelIndex());
        }
        int attempts = session.attempts().size();
        int channels = session.opening().terms().channels().size();
        return switch (random.nextInt(18)) {
            case 0, 1 -> new SessionEvent.TimePassed();
            case 2, 3, 4 -> new SessionEvent.Ringing(random.nextInt(attempts + 2));
            case 5, 6, 7, 8 -> new SessionEvent.AttemptEnded(random.nextInt(attempts + 2), result());
            case 9 -> new SessionEvent.Checked(random.nextInt(6) > 0 ? 0 : random.nextInt(attempts + 1), "manual");
            case 10, 11 -> new SessionEvent.ResendAsked(Optional.empty());
            case 12 -> new SessionEvent.ResendAsked(Optional.of(NAMES.get(random.nextInt(NAMES.size()))));
            case 13 -> random.nextInt(6) > 0 ? new SessionEvent.TimePassed() : new SessionEvent.CancelAsked();
            case 14, 15 -> new SessionEvent.Received(random.nextInt(attempts + 2), receipt(), "");
            default -> launched(session, 1 + random.nextInt(3), random.nextInt(channels));
        };
    }

    private SessionEvent launched(Session session, int send, int channelIndex) {
        if (random.nextInt(4) == 0) {
            return new SessionEvent.Unavailable(send, channelIndex, "no_caller_id");
        }
        int number = session.attempts().size() + (random.nextInt(8) > 0 ? 1 : random.nextInt(3));
        return new SessionEvent.Prepared(SessionPlay.attempt(session, number, send, channelIndex, play.now()));
    }

    private Receipt.State receipt() {
        var states = Receipt.State.values();
        return states[random.nextInt(states.length)];
    }

    private AttemptResult result() {
        var verdicts = Verdict.values();
        return new AttemptResult(verdicts[random.nextInt(verdicts.length)], "outcome", "", random.nextBoolean());
    }
}
