package io.flashcall.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RefusalMeaning;
import io.flashcall.engine.RefusalRules;
import io.flashcall.engine.call.FlashCall.State;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a refusal before ringing means, row by row.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalTableTest {

    private static final int NO_CAUSE = -1;
    private static final int SUCCESSFUL_ON_NO_ROW = 16;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    404 410 484 604     | INVALID_NUMBER
                    486 600             | BUSY
                    480                 | UNAVAILABLE
                    401 407             | NOT_AUTHORIZED
                    402 403 603         | BLOCKED
                    607                 | UNWANTED
                    608                 | BLOCKED_BY_ANALYTICS
                    408 500 502 504     | UNREACHABLE
                    503                 | OVERLOADED
                    415 488 606         | MEDIA_REFUSED
                    482 483 481 420 405 400 501 | PROTOCOL
                    428 436 437 438     | PROTOCOL
                    """)
    void a_sip_status_has_its_meaning(String statuses, Ending ending) {
        numbers(statuses)
                .forEach(status -> assertThat(RefusalTable.STANDARD.of(status, NO_CAUSE))
                        .as("%s", status)
                        .isEqualTo(ending));
    }

    @ParameterizedTest(name = "Q.850 {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    1 22 28                   | INVALID_NUMBER
                    17                        | BUSY
                    18 20                     | UNAVAILABLE
                    19                        | RANG_UNSEEN
                    21 55 57                  | BLOCKED
                    34 38 41 42 47 58 63 102  | UNREACHABLE
                    65 70 79 88               | MEDIA_REFUSED
                    """)
    void a_Q850_cause_outranks_the_sip_status(String causes, Ending ending) {
        for (int cause : numbers(causes)) {
            for (int status : new int[] {300, 400, 403, 404, 408, 480, 486, 487, 488, 500, 501, 600, 603}) {
                assertThat(RefusalTable.STANDARD.of(status, cause))
                        .as("%s with Q.850 %s", status, cause)
                        .isEqualTo(ending);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {34, 38, 41, 42, 47, 58, 63, 102})
    void a_503_stays_an_overload_when_its_cause_says_congestion_too(int cause) {
        assertThat(RefusalTable.STANDARD.of(503, cause)).isEqualTo(Ending.OVERLOADED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 18, 19, 21, 65})
    void a_503_with_a_cause_from_nearer_the_callee_is_what_the_cause_says(int cause) {
        assertThat(RefusalTable.STANDARD.of(503, cause))
                .isNotEqualTo(Ending.OVERLOADED)
                .isEqualTo(RefusalTable.STANDARD.of(500, cause));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 16, 26, 27, 29, 31, 87, 111, 127, 999})
    void a_cause_that_is_on_no_row_leaves_the_word_to_the_status(int cause) {
        assertThat(RefusalTable.STANDARD.of(404, cause)).isEqualTo(Ending.INVALID_NUMBER);
        assertThat(RefusalTable.STANDARD.of(486, cause)).isEqualTo(Ending.BUSY);
        assertThat(RefusalTable.STANDARD.of(503, cause)).isEqualTo(Ending.OVERLOADED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "300, PROTOCOL", "302, PROTOCOL", "380, PROTOCOL", "399, PROTOCOL",
        "406, PROTOCOL", "413, PROTOCOL", "421, PROTOCOL", "485, PROTOCOL",
        "487, PROTOCOL", "491, PROTOCOL", "499, PROTOCOL", "505, UNREACHABLE",
        "513, UNREACHABLE", "580, UNREACHABLE", "599, UNREACHABLE", "601, BUSY",
        "699, BUSY"
    })
    void a_status_that_is_on_no_row_counts_as_the_x00_of_its_class(int status, Ending ending) {
        assertThat(RefusalTable.STANDARD.of(status, SUCCESSFUL_ON_NO_ROW)).isEqualTo(ending);
    }

    @Test
    void no_refusal_before_ringing_is_taken_for_delivery_an_answer_or_our_own_doing() {
        Set<Ending> never = Set.of(
                Ending.RANG,
                Ending.ANSWERED_AFTER_RINGING,
                Ending.ANSWERED_UNSEEN,
                Ending.ABANDONED,
                Ending.NO_RESPONSE,
                Ending.NO_RINGING);
        var seen = new HashSet<Ending>();
        for (int status = 300; status < 700; status++) {
            for (int cause = NO_CAUSE; cause < 128; cause++) {
                seen.add(RefusalTable.STANDARD.of(status, cause));
            }
        }
        assertThat(seen).doesNotContainAnyElementsOf(never);
        assertThat(seen).hasSize(Ending.values().length - never.size());
    }

    @ParameterizedTest(name = "{0}, Q.850 {1}, SIP {2}: {3}")
    @CsvSource({
        // What a proxy or gateway made of the callee's own status.
        "480, -1, 486, BUSY",
        "500, -1, 404, INVALID_NUMBER",
        "603, -1, 608, BLOCKED_BY_ANALYTICS",
        "480, 21, 608, BLOCKED_BY_ANALYTICS",
        "403, 21, 607, UNWANTED",
        // Q.850 is nearer to the callee than a SIP status (RFC 9366 allows both).
        "480, 17, 404, BUSY",
        "480, 31, 404, INVALID_NUMBER",
        // Somebody else's overload or challenge is neither the peer's overload nor our challenge.
        "500, -1, 503, UNREACHABLE",
        "503, -1, 503, OVERLOADED",
        "503, -1, 408, OVERLOADED",
        "403, -1, 407, BLOCKED",
        // Neither a success elsewhere nor our CANCEL says anything of a refusal.
        "486, -1, 200, BUSY",
        "480, -1, 487, UNAVAILABLE",
        "480, 19, 608, RANG_UNSEEN",
    })
    void a_SIP_cause_in_Reason_counts_where_no_Q850_cause_does(int status, int q850, int sip, Ending ending) {
        assertThat(RefusalTable.STANDARD.of(status, Cause.of(q850, sip, false))).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({"603, -1, 603", "603, 21, -1", "403, 21, 603", "480, -1, 603", "503, 41, -1"})
    void a_block_by_analytics_is_told_from_what_the_carrier_forbids(int status, int q850, int sip) {
        assertThat(RefusalTable.STANDARD.of(status, Cause.of(q850, sip, true))).isEqualTo(Ending.BLOCKED_BY_ANALYTICS);
    }

    @ParameterizedTest(name = "{0}, Q.850 {1}, analytics {2}: {3}")
    @CsvSource({
        "603, -1, false, BUSY",
        "603, -1, true, BLOCKED_BY_ANALYTICS",
        // Of the status the trunk speaks itself; of this cause it does not.
        "603, 1, false, BUSY",
        "480, 21, false, MEDIA_REFUSED",
        "603, 21, false, MEDIA_REFUSED",
        "603, 19, false, RANG_UNSEEN",
        "486, -1, false, BUSY",
        "608, -1, false, BLOCKED",
        "502, 20, false, UNAVAILABLE",
    })
    void what_a_trunk_says_of_its_refusals_outranks_what_most_mean(
            int status, int q850, boolean analytics, Ending ending) {
        var table = new RefusalTable(new RefusalRules(Map.of(
                "603", RefusalMeaning.BUSY,
                "608", RefusalMeaning.BLOCKED,
                "q850:21", RefusalMeaning.MEDIA_REFUSED)));
        assertThat(table.of(status, Cause.of(q850, -1, analytics))).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({"-1, -1, false", "21, -1, false", "-1, 608, false", "-1, 403, true"})
    void a_stale_date_is_about_our_signature_whatever_a_trunk_says_of_its_403(int q850, int sip, boolean analytics) {
        var table = new RefusalTable(new RefusalRules(Map.of(
                "403", RefusalMeaning.BLOCKED_BY_ANALYTICS,
                "q850:21", RefusalMeaning.BLOCKED_BY_ANALYTICS)));
        int cause = Cause.of(q850, sip, analytics);
        assertThat(table.of(403, cause)).isNotEqualTo(Ending.BLOCKED);
        assertThat(table.of(403, Cause.ofStaleDate(cause))).isEqualTo(Ending.BLOCKED);
        assertThat(table.of(403, Cause.ofStaleDate(Cause.of(19, sip, analytics))))
                .isEqualTo(Ending.RANG_UNSEEN);
    }

    @Test
    void a_trunk_may_say_what_its_603_plus_and_its_Q850_19_mean() {
        var table = new RefusalTable(
                new RefusalRules(Map.of("603+", RefusalMeaning.BLOCKED, "q850:19", RefusalMeaning.UNAVAILABLE)));
        assertThat(table.of(603, Cause.of(-1, 603, true))).isEqualTo(Ending.BLOCKED);
        assertThat(table.of(480, 19)).isEqualTo(Ending.UNAVAILABLE);
    }

    @Test
    void every_meaning_is_the_ending_of_its_name() {
        for (var meaning : RefusalMeaning.values()) {
            var table = new RefusalTable(new RefusalRules(Map.of("499", meaning)));
            assertThat(table.of(499, Cause.NONE).name()).isEqualTo(meaning.name());
        }
    }

    @Test
    void the_call_asks_it_only_while_nothing_has_rung() {
        var script = new CallScript(new io.flashcall.engine.RingPolicy.Only180());
        script.caller().places();
        script.callee().rings().rejectsWith(404, 1);
        assertThat(script.state()).isEqualTo(State.ENDED);
        script.callEnded(Ending.RANG, 404);
    }

    private static Set<Integer> numbers(String text) {
        var numbers = new HashSet<Integer>();
        Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).forEach(numbers::add);
        return numbers;
    }
}
