package io.flashcall.cli.place;

import static io.flashcall.cli.place.Calls.placed;
import static io.flashcall.cli.place.Calls.status;
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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomeSentenceTest {

    private final OutcomeSentence sentence =
            new OutcomeSentence("+12025550123", "127.0.0.1:5070", Duration.ofSeconds(12));

    @Test
    void it_rang_and_we_hung_up() {
        assertThat(rang(487)).isEqualTo("The phone rang for 1.50 s and showed +12025550123.");
    }

    @Test
    void it_rang_and_something_else_ended_it() {
        assertThat(rang(603)).endsWith("+12025550123, then the callee rejected the call (603).");
        assertThat(rang(480)).endsWith("+12025550123, then the network ended the call (480).");
        assertThat(rang(0)).endsWith("; 127.0.0.1:5070 never confirmed that the call is over.");
    }

    @Test
    void it_was_answered() {
        var ringing = placed().ringing(50_000).hangingUp(350_000).ended(400_000, new Answered(true, status(200)));
        assertThat(sentence.of(ringing, Trouble.NONE))
                .contains("for 0.30 s", "showed +12025550123", "may be billed", "--ring");
        var atOnce = placed().hangingUp(1_000).ended(2_000, new Answered(false, status(200)));
        assertThat(sentence.of(atOnce, Trouble.NONE)).contains("nobody saw +12025550123", "may be billed");
    }

    @Test
    void it_was_given_up() {
        assertThat(ended(new Abandoned(SipStatus.NONE))).contains("before the phone rang", "nobody saw");
    }

    @Test
    void the_carrier_refused_how_the_call_was_signed() {
        var refused = new Failed(FailureCause.PROTOCOL, new SipStatus(437, -1, ""), Optional.empty());
        assertThat(ended(refused)).contains("for its signed identity, or for the lack of one (437)", "stir");
    }

    @Test
    void who_blocked_it_is_told() {
        var card = new SipStatus(608, -1, "", Optional.of(URI.create("https://a.example/card")));
        assertThat(ended(new Failed(FailureCause.BLOCKED_BY_ANALYTICS, card, Optional.empty())))
                .isEqualTo("The network's analytics block +12025550123 (608), whoever is called:"
                        + " use another number, and complain at https://a.example/card.");
        assertThat(ended(new Failed(FailureCause.BLOCKED_BY_ANALYTICS, status(603), Optional.empty())))
                .endsWith("use another number, and ask the carrier whom to complain to.");
        assertThat(ended(new Failed(FailureCause.BLOCKED, status(403), Optional.empty())))
                .startsWith("127.0.0.1:5070 forbids the call (403)");
        assertThat(ended(new Declined(DeclineCause.UNWANTED, status(607))))
                .startsWith("The callee wants no calls from +12025550123 (607)");
    }

    @ParameterizedTest
    @EnumSource
    void each_cause_of_a_decline_has_a_sentence_with_the_status(DeclineCause cause) {
        assertThat(ended(new Declined(cause, new SipStatus(480, 18, ""))))
                .contains("(480, Q.850 cause 18)")
                .endsWith(
                        switch (cause) {
                            case INVALID_NUMBER -> "check --to.";
                            case UNWANTED -> "do not call from this number again.";
                            case BUSY, UNAVAILABLE -> "try again later.";
                        });
    }

    @ParameterizedTest
    @EnumSource
    void each_cause_of_a_failure_has_a_sentence_of_its_own(FailureCause cause) {
        String told = ended(new Failed(cause, SipStatus.NONE, Optional.empty()));
        assertThat(told).endsWith(".").doesNotContain("null").doesNotContain("  ");
        assertThat(told).containsPattern("127\\.0\\.0\\.1:5070|The network");
    }

    @Test
    void what_the_peer_asks_for_is_told() {
        assertThat(ended(new Failed(FailureCause.OVERLOADED, status(503), Optional.of(Duration.ofSeconds(30)))))
                .isEqualTo("127.0.0.1:5070 is overloaded (503): it asks to be left alone for 30 s.");
    }

    @Test
    void what_never_came_is_told_with_the_time_that_we_waited() {
        assertThat(ended(new Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty())))
                .startsWith("127.0.0.1:5070 did not answer within 12.00 s: check the address");
    }

    @ParameterizedTest
    @EnumSource
    void each_refusal_has_a_sentence(Admission.Reason reason) {
        assertThat(RefusalSentence.of(reason, "mine").toString())
                .startsWith("The call was not placed (" + reason + "): ")
                .endsWith(".");
    }

    @Test
    void what_keeps_the_carrier_out_of_reach_is_told() {
        assertThat(unreachable(new Trouble(false, "TLS_EXPIRED (it expired)", false, false)))
                .isEqualTo("127.0.0.1:5070 could not be reached: there is no connection, TLS_EXPIRED (it expired):"
                        + " see the trunk's tls in the configuration.");
        assertThat(unreachable(new Trouble(false, "REFUSED (Connection refused)", false, false)))
                .contains("there is no connection, REFUSED (Connection refused): check the address");
        assertThat(unreachable(new Trouble(false, "", true, false)))
                .startsWith("Nobody listens at 127.0.0.1:5070, its machine says: check the address");
        assertThat(unreachable(new Trouble(false, "", false, true)))
                .startsWith("127.0.0.1:5070 was not found in DNS: check its name");
    }

    @Test
    void refused_credentials_are_told_from_missing_ones() {
        var refused = placed().ended(9_000, new Failed(FailureCause.NOT_AUTHORIZED, status(401), Optional.empty()));
        assertThat(sentence.of(refused, new Trouble(true, "", false, false)))
                .startsWith("127.0.0.1:5070 does not take the user name and password of the trunk's auth (401)");
        assertThat(sentence.of(refused, Trouble.NONE)).startsWith("127.0.0.1:5070 wants us to log in (401)");
    }

    private String unreachable(Trouble trouble) {
        var failed = new Failed(FailureCause.UNREACHABLE, SipStatus.NONE, Optional.empty());
        return sentence.of(placed().ended(9_000, failed), trouble);
    }

    private String rang(int status) {
        var ended = placed().ringing(50_000).hangingUp(1_550_000, 0).ended(1_551_000, new Rang(status(status)));
        return sentence.of(ended, Trouble.NONE);
    }

    private String ended(CallOutcome outcome) {
        return sentence.of(placed().ended(9_000, outcome), Trouble.NONE);
    }
}
