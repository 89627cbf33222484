package io.flashcall.verification.store;

import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.SessionEvent;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// What [FailedChecks] promises.
public abstract class FailedChecksContract extends StoreContract {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final FailedChecks.Day ALICES = new FailedChecks.Day("alice", TODAY);
    private static final FailedChecks.Day BOBS = new FailedChecks.Day("bob", TODAY);
    private static final FailedChecks.Day ALICES_NEXT = new FailedChecks.Day("alice", TODAY.plusDays(1));

    @Test
    void nothing_was_failed_at_first() {
        assertThat(store.failedChecks().count(ALICES)).isZero();
    }

    @Test
    void checks_are_counted_across_sessions_and_for_each_destination_and_day_alone() {
        fail(ALICES);
        fail(ALICES);
        fail(BOBS);
        fail(ALICES_NEXT);

        assertThat(store.failedChecks().count(ALICES)).isEqualTo(2);
        assertThat(store.failedChecks().count(BOBS)).isEqualTo(1);
        assertThat(store.failedChecks().count(ALICES_NEXT)).isEqualTo(1);
    }

    @Test
    void counts_survive_a_restart() {
        fail(ALICES);

        reopen();

        assertThat(store.failedChecks().count(ALICES)).isEqualTo(1);
    }

    @Test
    void days_before_a_day_are_forgotten() {
        fail(ALICES);
        fail(ALICES_NEXT);

        assertThat(store.failedChecks().forget(TODAY.plusDays(1))).isEqualTo(1);

        assertThat(store.failedChecks().count(ALICES)).isZero();
        assertThat(store.failedChecks().count(ALICES_NEXT)).isEqualTo(1);
    }

    private void fail(FailedChecks.Day day) {
        var id = play.start(Sample.session()).id();
        play.change(
                id,
                session -> Play.write(session.on(new SessionEvent.Checked(0, "manual"), NOON))
                        .with(day));
    }
}
