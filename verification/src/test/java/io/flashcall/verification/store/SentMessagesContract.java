package io.flashcall.verification.store;

import static io.flashcall.verification.Receipt.State.DELIVERED;
import static io.flashcall.verification.Receipt.State.FAILED;
import static io.flashcall.verification.Receipt.State.UNKNOWN;
import static io.flashcall.verification.store.Sample.NOON;
import static io.flashcall.verification.store.Sample.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipt;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.store.SentMessages.Part;
import io.flashcall.verification.store.SentMessages.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What [SentMessages] promises.
public abstract class SentMessagesContract extends StoreContract {

    @Test
    void a_message_is_found_by_the_id_that_its_provider_gave_it() {
        var session = session();
        note(part("abc", session, 1, NOON));

        assertThat(settle("abc", DELIVERED)).isEqualTo(Optional.of(standing(session, DELIVERED)));
    }

    @Test
    void an_id_is_known_on_its_own_channel_alone() {
        note(part("abc", session(), 1, NOON));

        assertThat(store.sentMessages().settle(new ChannelName("viber"), "abc", DELIVERED))
                .isEmpty();
        assertThat(settle("abd", DELIVERED)).isEmpty();
    }

    @Test
    void an_id_that_its_provider_gives_out_again_is_the_new_messages_after_an_hour() {
        var first = session();
        var second = session();
        var third = session();
        note(part("7", first, 1, NOON));
        settle("7", DELIVERED);

        note(part("7", second, 1, NOON.plusSeconds(3600)));
        assertThat(settle("7", FAILED)).isEqualTo(Optional.of(standing(first, DELIVERED)));
        note(part("7", third, 1, NOON.plusSeconds(3601)));
        assertThat(settle("7", FAILED)).isEqualTo(Optional.of(standing(third, FAILED)));
    }

    @Test
    void the_parts_of_a_message_stand_together() {
        var session = session();
        note(part("abc", session, 1, NOON), part("def", session, 2, NOON));

        assertThat(settle("def", UNKNOWN).map(Standing::parts))
                .contains(List.of(Optional.empty(), Optional.of(UNKNOWN)));
        assertThat(settle("abc", DELIVERED)).isEqualTo(Optional.of(standing(session, DELIVERED, UNKNOWN)));
    }

    @Test
    void a_definite_word_stays_and_an_indefinite_one_gives_way() {
        var session = session();
        note(part("abc", session, 1, NOON), part("def", session, 2, NOON));

        settle("abc", DELIVERED);
        settle("abc", FAILED);
        settle("def", UNKNOWN);
        assertThat(settle("def", FAILED)).isEqualTo(Optional.of(standing(session, DELIVERED, FAILED)));
    }

    @Test
    void noting_a_part_again_forgets_nothing() {
        var session = session();
        note(part("abc", session, 1, NOON), part("def", session, 2, NOON));
        settle("abc", DELIVERED);

        note(part("abc", session, 1, NOON));

        assertThat(settle("def", DELIVERED).flatMap(Standing::whole)).contains(DELIVERED);
    }

    @Test
    void messages_survive_a_restart() {
        var session = session();
        note(part("abc", session, 1, NOON));

        reopen();

        assertThat(settle("abc", FAILED)).isEqualTo(Optional.of(standing(session, FAILED)));
    }

    @Test
    void old_messages_are_forgotten() {
        note(part("old", session(), 1, NOON), part("new", session(), 1, NOON.plusSeconds(1)));

        assertThat(store.sentMessages().forget(NOON.plusSeconds(1))).isEqualTo(1);

        assertThat(settle("old", DELIVERED)).isEmpty();
        assertThat(settle("new", DELIVERED)).isPresent();
    }

    private SessionId session() {
        return play.start(Sample.session()).id();
    }

    private static Part part(String id, SessionId session, int number, Instant at) {
        return new Part(SMS, id, session, 1, number, at);
    }

    private void note(Part... parts) {
        store.sentMessages().note(List.of(parts));
    }

    private Optional<Standing> settle(String id, Receipt.State state) {
        return store.sentMessages().settle(SMS, id, state);
    }

    private static Standing standing(SessionId session, Receipt.State... parts) {
        return new Standing(session, 1, Arrays.stream(parts).map(Optional::of).toList());
    }
}
