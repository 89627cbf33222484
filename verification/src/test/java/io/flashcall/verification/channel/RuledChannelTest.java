package io.flashcall.verification.channel;

import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.channel.Channel.Launch;
import io.flashcall.verification.channel.ChannelRules.Countries;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.store.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RuledChannelTest {

    private static final Launch LAUNCH = new Launch(1, 0, NOON);

    private Instant now = NOON;
    private final Plain plain = new Plain();
    private final List<AttemptResult> ended = new ArrayList<>();
    private boolean wanted = true;

    @Test
    void without_rules_it_is_the_channel_itself() {
        var channel = ruled(ChannelRules.NONE);
        var session = session();

        assertThat(channel.name()).isEqualTo(Sample.SMS);
        var ready = (Preparation.Ready) channel.prepare(session, LAUNCH);
        channel.dispatch(session, ready.attempt(), ready.secret());
        channel.hangUp(session, ready.attempt());

        assertThat(plain.dispatched).containsExactly(NOON);
        assertThat(plain.hungUp).isEqualTo(1);
    }

    @Test
    void it_is_offered_in_its_countries_alone() {
        assertThat(reached(new Countries(Set.of("GB", "FR"), Set.of()))).isTrue();
        assertThat(reached(new Countries(Set.of("FR"), Set.of()))).isFalse();
        assertThat(reached(new Countries(Set.of(), Set.of("FR")))).isTrue();
        assertThat(reached(new Countries(Set.of("GB"), Set.of("GB")))).isFalse();

        assertThat(ruled(in(new Countries(Set.of(), Set.of("GB")))).prepare(session(), LAUNCH))
                .isEqualTo(new Preparation.Unavailable("not offered in GB"));
    }

    @Test
    void attempts_take_turns_and_whoever_would_wait_more_than_a_second_goes_elsewhere() {
        var channel = ruled(pace(4));

        var prepared = IntStream.range(0, 7)
                .mapToObj(_ -> channel.prepare(session(), LAUNCH))
                .toList();

        assertThat(prepared.subList(0, 5)).allMatch(Preparation.Ready.class::isInstance);
        assertThat(prepared.subList(5, 7)).containsOnly(new Preparation.Unavailable("pace"));

        now = NOON.plusMillis(250);
        assertThat(channel.prepare(session(), LAUNCH)).isInstanceOf(Preparation.Ready.class);
        assertThat(channel.prepare(session(), LAUNCH)).isEqualTo(new Preparation.Unavailable("pace"));
    }

    @Test
    void an_attempt_waits_for_its_turn_after_it_was_saved() {
        var channel = ruled(pace(2));
        for (int i = 0; i < 3; i++) {
            var session = session();
            now = NOON;
            var ready = (Preparation.Ready) channel.prepare(session, LAUNCH);
            channel.dispatch(session, ready.attempt(), ready.secret());
        }

        assertThat(plain.dispatched).containsExactly(NOON, NOON.plusMillis(500), NOON.plusMillis(1000));
    }

    @Test
    void what_nobody_wants_any_more_when_its_turn_comes_is_not_begun() {
        var channel = ruled(pace(2));
        wanted = false;
        for (int i = 0; i < 2; i++) {
            var session = session();
            now = NOON;
            var ready = (Preparation.Ready) channel.prepare(session, LAUNCH);
            channel.dispatch(session, ready.attempt(), ready.secret());
        }

        // The first one did not have to wait, so it was not asked about.
        assertThat(plain.dispatched).containsExactly(NOON);
        assertThat(ended).containsExactly(AttemptResult.withdrawn());
    }

    @Test
    void what_a_second_allows_is_never_exceeded_and_idle_time_is_not_saved_up() {
        var channel = ruled(pace(10));
        now = NOON.plusSeconds(3600);
        var began = now;
        for (int i = 0; i < 40; i++) {
            var session = session();
            if (channel.prepare(session, LAUNCH) instanceof Preparation.Ready ready) {
                channel.dispatch(session, ready.attempt(), ready.secret());
            }
        }

        assertThat(plain.dispatched).isNotEmpty().first().isEqualTo(began);
        for (var from : plain.dispatched) {
            assertThat(plain.dispatched.stream()
                            .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(1)))
                            .count())
                    .isLessThanOrEqualTo(10);
        }
    }

    @Test
    void nothing_to_offer_takes_no_turn() {
        var channel = ruled(pace(1));
        plain.available = false;
        for (int i = 0; i < 5; i++) {
            assertThat(channel.prepare(session(), LAUNCH)).isEqualTo(new Preparation.Unavailable("nothing"));
        }

        plain.available = true;
        assertThat(channel.prepare(session(), LAUNCH)).isInstanceOf(Preparation.Ready.class);
    }

    private boolean reached(Countries countries) {
        return ruled(in(countries)).prepare(session(), LAUNCH) instanceof Preparation.Ready;
    }

    private static ChannelRules in(Countries countries) {
        return new ChannelRules(Optional.empty(), Optional.empty(), countries);
    }

    private static ChannelRules pace(int perSecond) {
        return new ChannelRules(Optional.of(perSecond), Optional.empty(), Countries.ALL);
    }

    private RuledChannel ruled(ChannelRules rules) {
        var time = new RuledChannel.Time(() -> now, pause -> now = now.plus(pause));
        return new RuledChannel(plain, rules, new Listener(), time);
    }

    private static Session session() {
        return Session.start(Sample.session().opening()).session();
    }

    private final class Listener implements AttemptListener {

        @Override
        public void onRinging(SessionId session, int attempt) {
            throw new AssertionError("nobody rang");
        }

        @Override
        public void onEnded(SessionId session, int attempt, AttemptResult result) {
            ended.add(result);
        }

        @Override
        public boolean isWanted(SessionId session, int attempt) {
            return wanted;
        }
    }

    private final class Plain implements Channel {

        private final MessageAttempts attempts =
                new MessageAttempts(Sample.SMS, Optional.empty(), Rates.FLAT, Sample.VAULT);
        private final List<Instant> dispatched = new ArrayList<>();
        private boolean available = true;
        private int hungUp;

        @Override
        public ChannelName name() {
            return Sample.SMS;
        }

        @Override
        public Preparation prepare(Session session, Launch launch) {
            return available ? attempts.prepare(session, launch) : new Preparation.Unavailable("nothing");
        }

        @Override
        public void dispatch(Session session, Attempt attempt, Secret secret) {
            dispatched.add(now);
        }

        @Override
        public void hangUp(Session session, Attempt attempt) {
            hungUp++;
        }
    }
}
