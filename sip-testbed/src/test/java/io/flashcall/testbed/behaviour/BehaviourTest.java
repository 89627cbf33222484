package io.flashcall.testbed.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flashcall.testbed.wire.OddStyle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names, parameters and their complaints.
@DisplayNameGeneration(ReplaceUnderscores.class)
class BehaviourTest {

    private static List<Integer> statuses(String text) {
        return Behaviour.parse(text).plan().steps().stream().map(Step::status).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ring | 100, 180",
                "early-media-then-ring | 100, 183, 180",
                "early-media-only | 100, 183",
                "ring-then-answer | 100, 180, 200",
                "answer-at-once | 200",
                "answer-on-cancel | 100, 180",
                "busy | 100, 486",
                "decline-while-ringing | 100, 180, 603",
                "status-404 | 100, 404",
                "status-503:ringing=1s | 100, 180, 503",
                "silent | ",
                "trying-only | 100",
                "fork-two-ring | 100, 180, 180",
                "fork-two-answer | 100, 180, 180, 200, 200",
                "no-487 | 100, 180",
                "no-cancel-answer | 100, 180",
                "lossy | 100, 180",
                "other-port | 100, 180",
                "huge-headers | 100, 180",
                "reflect | ",
                "voicemail | 100, 181, 200",
                "network-blocked | 100, 603",
                "ring:trying=false | 180",
                "lossy:of=busy,drop=0.5 | 100, 486",
            })
    void each_name_has_its_responses_in_order(String text, String statuses) {
        List<Integer> expected = statuses == null
                ? List.of()
                : Arrays.stream(statuses.split(", ")).map(Integer::valueOf).toList();
        assertThat(statuses(text)).isEqualTo(expected);
    }

    @Test
    void a_bare_value_is_the_post_dial_delay() {
        assertThat(Behaviour.parse("ring:200ms").plan().steps().getLast().afterNanos())
                .isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(Behaviour.parse("ring:pdd=1.5s").plan().steps().getLast().afterNanos())
                .isEqualTo(Duration.ofMillis(1500).toNanos());
    }

    @Test
    void wrappers_keep_their_own_parameters_and_hand_on_the_rest() {
        Behaviour lossy = Behaviour.parse("lossy:drop=0.2,duplicate=0,of=ring-then-answer,answer=1s,by=5ms");
        assertThat(lossy.impairment()).isEqualTo(new Impairment(0.2, 0, 0.05, 0.05, Duration.ofMillis(5)));
        assertThat(lossy.plan().steps().getLast().afterNanos())
                .isEqualTo(Duration.ofMillis(1050).toNanos());
        assertThat(Behaviour.parse("other-port").otherPort()).isTrue();
        assertThat(Behaviour.parse("huge-headers:5000").style()).isEqualTo(new OddStyle(5000));
    }

    @Test
    void a_status_may_carry_Q850_and_Retry_After() {
        Step step = Behaviour.parse("status-503:reason=42,retry-after=30")
                .plan()
                .steps()
                .getLast();
        assertThat(step.extra())
                .extracting(Object::toString)
                .containsExactly(
                        "Field[name=Reason, value=Q.850;cause=42;text=\"cause 42\"]",
                        "Field[name=Retry-After, value=30]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rign | behaviour 'rign' is unknown (expected: one of ring, early-media-then-ring",
                "ring: | behaviour ring: nothing after ':' (expected: key=value,...)",
                "ring:soon | behaviour ring: pdd='soon' (expected: a duration of 0 to 600s, such as 200ms or 1.5s)",
                "ring:700s | behaviour ring: pdd='700s' (expected: a duration of 0 to 600s)",
                "ring:colour=red | behaviour ring: unknown parameter 'colour' (expected: one of 100rel, alert, early-media,",
                "ring:pdd=1s,pdd=2s | behaviour ring: pdd='pdd=2s' (expected: given once)",
                "ring:trying=perhaps | behaviour ring: trying='perhaps' (expected: true or false)",
                "ring:routes=9 | behaviour ring: routes='9' (expected: a whole number from 0 to 4)",
                "ring:100rel=yes | 100rel='yes' (expected: one of off, supported, required, forced)",
                "ring:reset=later | reset='later' (expected: one of never, invite, trying, progress, ringing, cancel, answer, refusal)",
                "redirect:status=486 | status='486' (expected: a whole number from 300 to 399)",
                "lossy:drop=2 | behaviour lossy: drop='2' (expected: a share from 0 to 1, such as 0.1)",
                "lossy:of=reflect | behaviour of='reflect' (expected: one that neither wraps another nor is reflect)",
                "reflect:1s | behaviour reflect: unknown parameter 'pdd' (expected: none)",
                "status-100 | behaviour status-100: status 100 (expected: 101 to 699)",
                "status-999 | behaviour status-999: status 999 (expected: 101 to 699)",
                "status-486:reason=200 | reason='200' (expected: a whole number from 1 to 127)",
            })
    void a_bad_value_names_itself_and_what_was_expected(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Behaviour.parse(text))
                .withMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "+442079460000, ring",
        "+442079460005, answer-on-cancel",
        "+442079460017, reflect",
        "+442079460018, voicemail",
        "+442079460019, network-blocked",
        "+442079460020, redirect",
        "+442079460021, rejected",
        "+442079460404, status-404",
        "+442079460603, status-603",
        "+442079460123, ring",
        "+442079460999, ring",
        "7, decline-while-ringing"
    })
    void the_last_three_digits_choose(String called, String behaviour) {
        assertThat(Dialplan.byNumber().behaviourFor(called, new Random(1)).text())
                .isEqualTo(behaviour);
    }

    @Test
    void the_table_and_the_list_name_every_behaviour() {
        for (String name : Catalogue.labels()) {
            assertThat(Behaviour.describeAll()).contains("  " + name + " ");
            assertThat(BehaviourTable.table()).contains(name);
        }
    }

    @Test
    void the_first_calls_of_a_sequence_meet_one_thing_and_the_others_the_next() {
        Dialplan sequence = Dialplan.parse("2 x status-503:retry-after=5 then 1 x busy then ring:1ms");
        var random = new Random(1);
        assertThat(java.util.stream.Stream.generate(() ->
                                sequence.behaviourFor("+442079460123", random).text())
                        .limit(5))
                .containsExactly(
                        "status-503:retry-after=5", "status-503:retry-after=5", "busy", "ring:1ms", "ring:1ms");
        assertThat(sequence.describe()).startsWith("2 x status-503");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "busy then ring | expected: N x BEHAVIOUR then BEHAVIOUR",
                "0 x busy then ring | expected: N x BEHAVIOUR then BEHAVIOUR",
                "2 x reflect then ring | no reflect",
                "2 x ring then reflect | no reflect",
                "2 x rign then ring | rign' is unknown",
            })
    void a_bad_sequence_says_so(String text, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialplan.parse(text))
                .withMessageContaining(complaint);
    }
}
