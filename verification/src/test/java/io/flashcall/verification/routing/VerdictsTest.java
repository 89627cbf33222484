package io.flashcall.verification.routing;

import static io.flashcall.verification.Verdict.DELIVERED;
import static io.flashcall.verification.Verdict.NEXT_CHANNEL;
import static io.flashcall.verification.Verdict.NEXT_ROUTE;
import static io.flashcall.verification.Verdict.PERHAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VerdictsTest {

    static Stream<Arguments> outcomes() {
        return Stream.of(
                row(new Rang(sip(487)), DELIVERED, "rang", "487 Request Terminated", true),
                row(new Rang(sip(486)), DELIVERED, "rang", "486 Busy Here", true),
                row(new Rang(SipStatus.NONE), DELIVERED, "rang", "", true),
                row(new Answered(true, sip(200)), DELIVERED, "answered_after_ringing", "200 OK", true),
                row(new Answered(false, sip(200)), NEXT_CHANNEL, "answered", "200 OK", false),
                row(declined(DeclineCause.INVALID_NUMBER, 404), NEXT_CHANNEL, "invalid_number", "404 Not Found", false),
                row(declined(DeclineCause.BUSY, 486), NEXT_CHANNEL, "busy", "486 Busy Here", false),
                row(declined(DeclineCause.UNWANTED, 607), NEXT_CHANNEL, "unwanted", "607 Unwanted", false),
                row(
                        declined(DeclineCause.UNAVAILABLE, 480),
                        NEXT_CHANNEL,
                        "unavailable",
                        "480 Temporarily Unavailable",
                        false),
                row(failed(FailureCause.NO_RESPONSE, 0), NEXT_ROUTE, "no_response", "", false),
                row(failed(FailureCause.UNREACHABLE, 502), NEXT_ROUTE, "unreachable", "502 Bad Gateway", false),
                row(failed(FailureCause.OVERLOADED, 503), NEXT_ROUTE, "overloaded", "503 Service Unavailable", false),
                row(failed(FailureCause.PROTOCOL, 482), NEXT_ROUTE, "protocol", "482 Loop Detected", false),
                // It may have rung: the 180 can be lost, and is not sent again.
                row(failed(FailureCause.NO_RINGING, 487), NEXT_CHANNEL, "no_ringing", "487 Request Terminated", true),
                row(failed(FailureCause.RANG_UNSEEN, 480), PERHAPS, "rang_unseen", "480 Temporarily Unavailable", true),
                row(
                        failed(FailureCause.NOT_AUTHORIZED, 401),
                        NEXT_CHANNEL,
                        "not_authorized",
                        "401 Unauthorized",
                        false),
                row(failed(FailureCause.BLOCKED, 603), NEXT_CHANNEL, "blocked", "603 Decline", false),
                row(
                        failed(FailureCause.BLOCKED_BY_ANALYTICS, 608),
                        NEXT_CHANNEL,
                        "blocked_by_analytics",
                        "608 Rejected",
                        false),
                row(
                        failed(FailureCause.MEDIA_REFUSED, 488),
                        NEXT_CHANNEL,
                        "media_refused",
                        "488 Not Acceptable Here",
                        false),
                row(new Abandoned(SipStatus.NONE), NEXT_CHANNEL, "abandoned", "", false),
                row(new Abandoned(sip(487)), NEXT_CHANNEL, "abandoned", "487 Request Terminated", true));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Admission.Reason.BUSY, NEXT_ROUTE, "refused_busy"),
                Arguments.of(Admission.Reason.PACED, NEXT_ROUTE, "refused_paced"),
                Arguments.of(Admission.Reason.NO_CHANNEL, NEXT_ROUTE, "refused_no_channel"),
                Arguments.of(Admission.Reason.BACKING_OFF, NEXT_ROUTE, "refused_backing_off"),
                Arguments.of(Admission.Reason.OVERLOADED, NEXT_ROUTE, "refused_overloaded"),
                Arguments.of(Admission.Reason.GUARDED, NEXT_ROUTE, "refused_guarded"),
                Arguments.of(Admission.Reason.DUPLICATE_REFERENCE, NEXT_ROUTE, "refused_duplicate_reference"),
                Arguments.of(Admission.Reason.DRAINING, NEXT_ROUTE, "refused_draining"),
                Arguments.of(Admission.Reason.UNKNOWN_TRUNK, NEXT_ROUTE, "refused_unknown_trunk"),
                Arguments.of(Admission.Reason.CALLER_ID_NOT_OWNED, NEXT_CHANNEL, "refused_caller_id_not_owned"),
                Arguments.of(Admission.Reason.BAD_NUMBER, NEXT_CHANNEL, "refused_bad_number"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void each_outcome_has_one_meaning(CallOutcome outcome, Verdict verdict, String word, String detail, boolean shown) {
        assertThat(Verdicts.of(outcome)).isEqualTo(new AttemptResult(verdict, word, detail, shown));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void where_nothing_was_sent_nothing_was_shown(Admission.Reason reason, Verdict verdict, String word) {
        assertThat(Verdicts.of(reason)).isEqualTo(new AttemptResult(verdict, word, "", false));
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void another_route_is_never_tried_where_the_phone_may_have_rung(FailureCause cause) {
        var result = Verdicts.of(failed(cause, 500));
        assertThat(result.shown() && result.verdict() == NEXT_ROUTE).isFalse();
    }

    @Test
    void the_tables_above_leave_nothing_out() {
        assertThat(refusals()).hasSize(Admission.Reason.values().length);
        assertThat(outcomes().map(row -> row.get()[2]).distinct())
                .hasSize(4 + DeclineCause.values().length + FailureCause.values().length);
    }

    @Test
    void the_q850_cause_is_told_and_what_a_peer_wrote_is_not() {
        var status = new SipStatus(486, 17, "Q.850;cause=17;text=\"+442079460123 busy\"");
        assertThat(Verdicts.of(new Declined(DeclineCause.BUSY, status)).detail())
                .isEqualTo("486 Busy Here, Q.850 17");
        assertThat(Verdicts.of(new Rang(new SipStatus(0, 16, ""))))
                .extracting(AttemptResult::detail)
                .isEqualTo("Q.850 16");
        assertThat(Verdicts.of(new Rang(new SipStatus(499, -1, ""))))
                .extracting(AttemptResult::detail)
                .isEqualTo("499");
    }

    private static Arguments row(CallOutcome outcome, Verdict verdict, String word, String detail, boolean shown) {
        return Arguments.of(outcome, verdict, word, detail, shown);
    }

    private static CallOutcome declined(DeclineCause cause, int code) {
        return new Declined(cause, sip(code));
    }

    private static CallOutcome failed(FailureCause cause, int code) {
        return new Failed(cause, sip(code), Optional.of(Duration.ofSeconds(3)));
    }

    private static SipStatus sip(int code) {
        return code == 0 ? SipStatus.NONE : new SipStatus(code, -1, "");
    }
}
