package io.flashcall.verification.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.tracking.Elsewhere;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ElsewhereTest {

    private final Scene scene = new Scene();
    private final Map<SessionId, Integer> places = new HashMap<>();
    private final List<SessionId> woken = new ArrayList<>();
    private final Elsewhere elsewhere = new Elsewhere(scene.store, scene.calls, new Elsewhere.Readers() {
        @Override
        public Map<SessionId, Integer> places() {
            return places;
        }

        @Override
        public void behind(SessionId session) {
            woken.add(session);
        }
    });

    @Test
    void a_call_whose_session_another_node_ended_is_hung_up() {
        var id = scene.started(Scene.PHONE).id();
        elsewhere.hangUpUnwanted();
        assertThat(scene.engine.hungUp).isEmpty();

        atAnotherNode(id, new SessionEvent.CancelAsked());
        elsewhere.hangUpUnwanted();

        assertThat(scene.engine.hungUp).hasSize(1);
    }

    @Test
    void a_call_whose_time_another_node_declared_over_is_hung_up() {
        var id = scene.started(Scene.PHONE).id();
        scene.now = scene.now.plus(Duration.ofSeconds(46));

        atAnotherNode(id, new SessionEvent.TimePassed());
        elsewhere.hangUpUnwanted();

        assertThat(scene.engine.hungUp).hasSize(1);
    }

    @Test
    void a_call_that_its_session_waits_for_rings_on() {
        var id = scene.started(Scene.PHONE).id();
        atAnotherNode(id, new SessionEvent.Ringing(1));
        atAnotherNode(id, new SessionEvent.Checked(0, "manual"));

        elsewhere.hangUpUnwanted();

        assertThat(scene.engine.hungUp).isEmpty();
    }

    @Test
    void an_attempt_is_wanted_as_long_as_its_session_waits_for_it_whichever_node_ends_it() {
        var id = scene.started(Scene.PHONE).id();

        assertThat(scene.changes.isWanted(id, 1)).isTrue();
        assertThat(scene.changes.isWanted(id, 2)).isFalse();
        atAnotherNode(id, new SessionEvent.CancelAsked());
        assertThat(scene.changes.isWanted(id, 1)).isFalse();
    }

    @Test
    void readers_are_woken_only_where_there_is_more_than_they_have() {
        var id = scene.started(Scene.PHONE).id();
        var other = scene.started("+447400123457").id();
        int events = scene.session(id).tally().events();
        places.put(id, events);
        places.put(other, events);
        elsewhere.wakeReaders();
        assertThat(woken).isEmpty();

        atAnotherNode(id, new SessionEvent.Ringing(1));
        elsewhere.wakeReaders();

        assertThat(woken).containsExactly(id);
    }

    /// Saved, and nothing done about it here.
    private void atAnotherNode(SessionId id, SessionEvent event) {
        scene.store.update(id, session -> scene.changes.write(session.on(event, scene.now)));
    }
}
