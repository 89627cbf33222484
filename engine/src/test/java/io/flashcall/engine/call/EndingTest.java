package io.flashcall.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EndingTest {

    private static final SipStatus LAST = new SipStatus(480, 18, "Q.850;cause=18");
    private static final Optional<Duration> RETRY_AFTER = Optional.of(Duration.ofSeconds(30));

    record Row(Ending ending, CallOutcome outcome, boolean showedCallerId) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row(Ending.RANG, new Rang(LAST), true),
                new Row(Ending.ANSWERED_AFTER_RINGING, new Answered(true, LAST), true),
                new Row(Ending.ANSWERED_UNSEEN, new Answered(false, LAST), false),
                new Row(Ending.ABANDONED, new Abandoned(LAST), false),
                declined(Ending.INVALID_NUMBER, DeclineCause.INVALID_NUMBER),
                declined(Ending.BUSY, DeclineCause.BUSY),
                declined(Ending.UNAVAILABLE, DeclineCause.UNAVAILABLE),
                declined(Ending.UNWANTED, DeclineCause.UNWANTED),
                failed(Ending.NO_RESPONSE, FailureCause.NO_RESPONSE),
                failed(Ending.NO_RINGING, FailureCause.NO_RINGING),
                failed(Ending.RANG_UNSEEN, FailureCause.RANG_UNSEEN),
                failed(Ending.UNREACHABLE, FailureCause.UNREACHABLE),
                failed(Ending.OVERLOADED, FailureCause.OVERLOADED),
                failed(Ending.NOT_AUTHORIZED, FailureCause.NOT_AUTHORIZED),
                failed(Ending.BLOCKED, FailureCause.BLOCKED),
                failed(Ending.BLOCKED_BY_ANALYTICS, FailureCause.BLOCKED_BY_ANALYTICS),
                failed(Ending.MEDIA_REFUSED, FailureCause.MEDIA_REFUSED),
                failed(Ending.PROTOCOL, FailureCause.PROTOCOL));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_ending_becomes_its_outcome_with_what_the_last_response_said(Row row) {
        var outcome = row.ending().with(LAST, RETRY_AFTER);
        assertThat(outcome).isEqualTo(row.outcome());
        assertThat(outcome.last()).isEqualTo(LAST);
        assertThat(outcome.showedCallerId()).isEqualTo(row.showedCallerId());
    }

    @Test
    void the_rows_are_all_there_are() {
        assertThat(rows().map(Row::ending)).containsExactlyElementsOf(EnumSet.allOf(Ending.class));
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void an_ending_without_a_response_says_so(Ending ending) {
        assertThat(ending.with(SipStatus.NONE, Optional.empty()).last().status())
                .isEmpty();
    }

    private static Row declined(Ending ending, DeclineCause cause) {
        return new Row(ending, new Declined(cause, LAST), false);
    }

    private static Row failed(Ending ending, FailureCause cause) {
        return new Row(ending, new Failed(cause, LAST, RETRY_AFTER), false);
    }
}
