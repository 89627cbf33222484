package io.flashcall.verification;

import static io.flashcall.verification.SessionPlay.FLASH_CALL_45S;
import static io.flashcall.verification.SessionPlay.SMS;
import static io.flashcall.verification.SessionPlay.SMS_45S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the session against [SessionTable], row by row.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionTableTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    /// How a session comes into each state.
    private static final Map<String, UnaryOperator<SessionPlay>> STATES = new LinkedHashMap<>();

    /// How each event comes about; a state without attempts is told of attempt 1 all the same.
    private static final Map<String, Consumer<SessionPlay>> EVENTS = new LinkedHashMap<>();

    static {
        STATES.put("launching flash_call", play -> play);
        STATES.put(
                "launching sms, call 1 in the air",
                play -> play.prepared().atItsDeadline().timePasses());
        STATES.put("calling 1", SessionPlay::prepared);
        STATES.put("ringing 1", play -> play.prepared().rings(1));
        STATES.put("delivered 1", play -> play.prepared().rings(1).ends(1, Verdict.DELIVERED));
        STATES.put("unconfirmed 1", play -> play.prepared().ends(1, Verdict.PERHAPS));
        STATES.put(
                "sending 2",
                play -> play.prepared().ends(1, Verdict.NEXT_CHANNEL).prepared());
        STATES.put("delivered 2", play -> in("sending 2", play).ends(2, Verdict.DELIVERED));
        STATES.put(
                "spent",
                play -> in("delivered 1", play).atItsDeadline().timePasses().unavailable());
        STATES.put(
                "spent, call 1 in the air",
                play -> in("launching sms, call 1 in the air", play).unavailable());
        STATES.put("verified", play -> in("delivered 1", play).right(1));
        STATES.put(
                "failed too_many_checks",
                play -> in("delivered 1", play).wrong().wrong().wrong());
        STATES.put("failed undeliverable", play -> play.unavailable().unavailable());
        STATES.put("expired", play -> in("delivered 1", play).atItsExpiry().timePasses());
        STATES.put("canceled", play -> in("delivered 1", play).cancel());
        STATES.put("verified, call 1 in the air", play -> in("calling 1", play).right(1));
        STATES.put(
                "failed too_many_checks, call 1 in the air",
                play -> in("calling 1", play).wrong().wrong().wrong());
        STATES.put(
                "expired, call 1 in the air",
                play -> in("calling 1", play).atItsExpiry().timePasses());
        STATES.put("canceled, call 1 in the air", play -> in("calling 1", play).cancel());

        EVENTS.put("prepared", play -> launched(play, false, true));
        EVENTS.put("unavailable", play -> launched(play, false, false));
        EVENTS.put("other prepared", play -> launched(play, true, true));
        EVENTS.put("other unavailable", play -> launched(play, true, false));
        EVENTS.put("ringing", play -> play.rings(latest(play)));
        EVENTS.put("delivered", play -> play.ends(latest(play), Verdict.DELIVERED));
        EVENTS.put("perhaps", play -> play.ends(latest(play), Verdict.PERHAPS));
        EVENTS.put("next route", play -> play.ends(latest(play), Verdict.NEXT_ROUTE));
        EVENTS.put("next channel", play -> play.ends(latest(play), Verdict.NEXT_CHANNEL));
        EVENTS.put("arrived", play -> play.receives(latest(play), Receipt.State.DELIVERED));
        EVENTS.put("lost", play -> play.receives(latest(play), Receipt.State.FAILED));
        EVENTS.put("unsure", play -> play.receives(latest(play), Receipt.State.UNKNOWN));
        EVENTS.put("right", play -> play.right(latest(play)));
        EVENTS.put("wrong", SessionPlay::wrong);
        EVENTS.put("last wrong", play -> play.usedUp(2, 1).wrong());
        EVENTS.put("resend", SessionPlay::resend);
        EVENTS.put("resend sms", play -> play.resend(SMS));
        EVENTS.put("resend fax", play -> play.resend(new ChannelName("fax")));
        EVENTS.put("resend used up", play -> play.usedUp(0, 3).resend());
        EVENTS.put("cancel", SessionPlay::cancel);
        EVENTS.put("time early", SessionTableTest::timeEarly);
        EVENTS.put("time up", SessionTableTest::timeUp);
        EVENTS.put("expiry", play -> play.atItsExpiry().timePasses());
        EVENTS.put("right late", play -> play.atItsExpiry().right(latest(play)));
    }

    static List<SessionTable.Row> rows() {
        return SessionTable.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void the_session_does_what_its_table_says(SessionTable.Row row) {
        var play = in(row.state(), SessionPlay.over(FLASH_CALL_45S, SMS_45S)).after(A_SECOND);
        var event = Objects.requireNonNull(EVENTS.get(row.event()), row.event());
        if (row.effects().equals("impossible")) {
            assertThatThrownBy(() -> event.accept(play)).isInstanceOf(IllegalStateException.class);
        } else {
            event.accept(play);
            assertThat(play.effects()).isEqualTo(row.effects());
        }
        assertThat(play.state()).isEqualTo(row.after());
    }

    @Test
    void the_table_has_every_event_in_every_state_once() {
        List<String> wanted = new ArrayList<>();
        STATES.keySet().forEach(state -> EVENTS.keySet().forEach(event -> wanted.add(state + ": " + event)));
        assertThat(SessionTable.rows())
                .extracting(row -> row.state() + ": " + row.event())
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void every_state_is_what_it_is_called() {
        STATES.keySet()
                .forEach(name -> assertThat(in(name, SessionPlay.over(FLASH_CALL_45S, SMS_45S))
                                .state())
                        .isEqualTo(name));
    }

    private static SessionPlay in(String state, SessionPlay play) {
        return Objects.requireNonNull(STATES.get(state), state).apply(play);
    }

    private static int latest(SessionPlay play) {
        return Math.max(1, play.session().attempts().size());
    }

    /// What a launch came to: the awaited one (outside of launching: one of the flash call), or one of the other
    /// channel.
    private static SessionPlay launched(SessionPlay play, boolean other, boolean prepared) {
        int send = 1;
        int channel = 0;
        if (play.session().phase() instanceof Phase.Launching launching) {
            send = launching.send();
            channel = launching.channelIndex();
        }
        int index = other ? 1 - channel : channel;
        return prepared
                ? play.prepared(play.session().attempts().size() + 1, send, index)
                : play.happens(new SessionEvent.Unavailable(send, index, "no_caller_id"));
    }

    private static SessionPlay timeEarly(SessionPlay play) {
        return play.session().deadline().isPresent()
                ? play.atItsDeadline().after(A_SECOND.negated()).timePasses()
                : play.timePasses();
    }

    private static SessionPlay timeUp(SessionPlay play) {
        return play.session().deadline().isPresent()
                ? play.atItsDeadline().timePasses()
                : play.after(Duration.ofHours(1)).timePasses();
    }
}
