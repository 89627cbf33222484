package io.flashcall.cli.place;

import static io.flashcall.cli.place.Calls.placed;
import static io.flashcall.cli.place.Calls.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.Abandoned;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonViewTest {

    @Test
    void a_call_that_rang() {
        var report = placed().trying(1_234)
                .ringing(51_000)
                .hangingUp(1_552_100, 1_100)
                .ended(1_553_000, new Rang(status(487)));
        assertThat(JsonView.tell(report)).isEqualTo(json("""
                {"outcome":"rang","caller_id_shown":true,"status":487,"cause":null,"q850":null,
                "setup_ms":51.0,"ring_ms":1501.1,"cancel_late_ms":1.1,"call_id":"1a-2b","events":[
                {"type":"placed","t_ms":0.0,"status":null,"reason":null},
                {"type":"trying","t_ms":1.234,"status":100,"reason":null},
                {"type":"ringing","t_ms":51.0,"status":180,"reason":null},
                {"type":"hanging_up","t_ms":1552.1,"status":null,"reason":null},
                {"type":"ended","t_ms":1553.0,"status":487,"reason":null}]}"""));
    }

    @Test
    void a_call_that_was_answered_before_our_CANCEL_has_no_ring_time() {
        var report = placed().ringing(50_000).releasing(350_000).ended(360_000, new Answered(true, status(200)));
        assertThat(JsonView.tell(report)).startsWith(json("""
                        {"outcome":"answered","caller_id_shown":true,"status":200,"cause":null,"q850":null,
                        "setup_ms":50.0,"ring_ms":null,"cancel_late_ms":null,"""));
    }

    @Test
    void a_call_whose_answer_crossed_our_CANCEL_has_one() {
        var report = placed().ringing(50_000).hangingUp(1_550_000, 0).ended(1_560_000, new Answered(true, status(200)));
        assertThat(JsonView.tell(report)).contains("\"ring_ms\":1500.0,\"cancel_late_ms\":0.0,");
    }

    @Test
    void a_call_that_was_answered_on_the_CANCEL_of_somebody_who_stopped_us_has_one_too() {
        var report = placed().ringing(50_000).hangingUp(450_000).ended(460_000, new Answered(true, status(200)));
        assertThat(JsonView.tell(report)).contains("\"ring_ms\":400.0,\"cancel_late_ms\":null,");
    }

    @Test
    void a_call_that_was_answered_without_ringing_showed_nothing() {
        var report = placed().releasing(1_000).ended(2_000, new Answered(false, status(200)));
        assertThat(JsonView.tell(report)).startsWith(json("""
                        {"outcome":"answered","caller_id_shown":false,"status":200,"cause":null,"q850":null,
                        "setup_ms":null,"ring_ms":null,"cancel_late_ms":null,"""));
    }

    @ParameterizedTest
    @EnumSource
    void a_declined_call_tells_its_cause(DeclineCause cause) {
        var last = new SipStatus(486, 17, "Q.850;cause=17;text=\"busy\"");
        assertThat(JsonView.tell(placed().ended(9_000, new Declined(cause, last))))
                .isEqualTo(json("""
                        {"outcome":"declined","caller_id_shown":false,"status":486,"cause":"%s","q850":17,
                        "setup_ms":null,"ring_ms":null,"cancel_late_ms":null,"call_id":"1a-2b","events":[
                        {"type":"placed","t_ms":0.0,"status":null,"reason":null},
                        {"type":"ended","t_ms":9.0,"status":486,"reason":"Q.850;cause=17;text=\\"busy\\""}]}""".formatted(cause)));
    }

    @ParameterizedTest
    @EnumSource
    void a_failed_call_tells_its_cause(FailureCause cause) {
        var outcome = new Failed(cause, SipStatus.NONE, Optional.empty());
        assertThat(JsonView.tell(placed().ended(9_000, outcome))).startsWith(json("""
                        {"outcome":"failed","caller_id_shown":false,"status":null,"cause":"%s","q850":null,""".formatted(cause)));
    }

    @Test
    void a_block_by_analytics_tells_where_to_complain() {
        var last = new SipStatus(608, -1, "", Optional.of(URI.create("https://a.example/card")));
        var outcome = new Failed(FailureCause.BLOCKED_BY_ANALYTICS, last, Optional.empty());
        assertThat(JsonView.tell(placed().ended(9_000, outcome)))
                .contains("\"cause\":\"BLOCKED_BY_ANALYTICS\"", "\"redress\":\"https://a.example/card\"");
    }

    @Test
    void a_call_that_was_given_up_before_it_left_has_no_times() {
        assertThat(JsonView.tell(new Calls().ended(0, new Abandoned(SipStatus.NONE))))
                .isEqualTo(json("""
                        {"outcome":"abandoned","caller_id_shown":false,"status":null,"cause":null,"q850":null,
                        "setup_ms":null,"ring_ms":null,"cancel_late_ms":null,"call_id":"000000000000001a","events":[
                        {"type":"ended","t_ms":0.0,"status":null,"reason":null}]}"""));
    }

    private static String json(String pretty) {
        return pretty.replace("\n", "");
    }
}
