package io.flashcall.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VisitsTest {

    private static final String NUMBER = "+441614960123";

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final Visits visits = new Visits(clock);
    private final PhoneNews news = new PhoneNews(visits, clock);

    @Test
    void a_number_is_one_visits_as_long_as_somebody_looks_at_it() {
        var ours = visits.create();
        var theirs = visits.create();
        ours.watch(1);
        assertThat(visits.claim(NUMBER, ours)).isTrue();
        assertThat(visits.claim("441614960123", ours)).isTrue();
        assertThat(visits.claim(NUMBER, theirs)).isFalse();
        ours.unwatch(now);
        now = now.plus(Duration.ofSeconds(10));
        assertThat(visits.claim(NUMBER, theirs)).isFalse();
        now = now.plus(Duration.ofSeconds(30));
        assertThat(visits.claim(NUMBER, theirs)).isTrue();
        assertThat(visits.owner(NUMBER)).contains(theirs);
    }

    @Test
    void an_address_is_the_same_in_capitals() {
        var ours = visits.create();
        ours.watch(1);
        assertThat(visits.claim("Ann@example.com", ours)).isTrue();
        assertThat(visits.claim("ann@EXAMPLE.com", visits.create())).isFalse();
    }

    @Test
    void what_a_phone_shows_is_told_to_its_visit_alone() throws InterruptedException {
        var ours = visits.create();
        var theirs = visits.create();
        visits.claim(NUMBER, ours);
        visits.claim("+441614960124", theirs);
        news.onRinging(NUMBER, "+442079460136");
        news.onRingStopped(NUMBER, "+442079460136");
        news.message(NUMBER, "sms", "", "0136");
        news.onRinging("+441614960999", "+442079460137");
        assertThat(ours.after(0, Duration.ZERO)).extracting(Note::type).containsExactly("ring", "silence", "message");
        assertThat(theirs.after(0, Duration.ZERO)).isEmpty();
    }

    @Test
    void a_reader_goes_on_after_what_it_knows_and_the_oldest_notes_are_forgotten() throws InterruptedException {
        var visit = visits.create();
        for (int i = 0; i < Visit.MOST_NOTES + 10; i++) {
            visit.tell("mood", JsonNodeFactory.instance.objectNode());
        }
        assertThat(visit.after(0, Duration.ZERO)).hasSize(Visit.MOST_NOTES);
        assertThat(visit.after(Visit.MOST_NOTES + 8, Duration.ZERO))
                .extracting(Note::number)
                .containsExactly(Visit.MOST_NOTES + 9L, Visit.MOST_NOTES + 10L);
        assertThat(visit.after(Visit.MOST_NOTES + 10, Duration.ZERO)).isEmpty();
    }

    @Test
    void beyond_the_bound_the_visit_goes_that_nobody_has_been_reading_for_longest() {
        var first = visits.create();
        first.watch(1);
        now = now.plusSeconds(1);
        var idle = visits.create();
        now = now.plusSeconds(1);
        for (int i = 2; i <= Visits.MOST_VISITS; i++) {
            visits.create();
        }
        assertThat(visits.find(idle.id())).isEmpty();
        assertThat(idle.isOver()).isTrue();
        assertThat(visits.find(first.id())).contains(first);
    }

    @Test
    void no_more_streams_read_a_visit_than_there_is_room_for() {
        var visit = visits.create();
        assertThat(visit.watch(2)).isTrue();
        assertThat(visit.watch(2)).isTrue();
        assertThat(visit.watch(2)).isFalse();
        visit.unwatch(now);
        assertThat(visit.watch(2)).isTrue();
    }
}
