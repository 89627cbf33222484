package io.flashcall.engine.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.RingPolicy.After183;
import io.flashcall.engine.RingPolicy.Only180;
import io.flashcall.engine.call.FlashCall.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every input does in every state, as one table. A state in which the past matters stands there once for each
/// past.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlashCallTableTest {

    private static final Map<String, Consumer<CallScript>> SCENES = scenes();
    private static final Map<String, Consumer<CallScript>> INPUTS = inputs();

    private static final String TABLE = """
            IDLE               | 100 180 183 200 486 480;q850=19 no-final no-send lost wake released hangup abort icmp | IDLE | -

            WAITING            | 100 180 183 200 486 480;q850=19 no-final no-send lost released icmp | WAITING | -
            WAITING            | wake         | CALLING        | placed, INVITE
            WAITING            | hangup       | ENDED          | ended ABANDONED 0, finished
            WAITING            | abort        | ENDED          | ended ABANDONED 0, finished

            CALLING            | 100          | PROCEEDING     | trying 100
            CALLING            | 180          | RINGING        | ringing 180 after 0ms
            CALLING            | 183          | PROCEEDING     | trying 183
            CALLING            | 200          | RELEASING      | ACK+BYE, hanging up
            CALLING            | 486          | ENDED          | ended BUSY 486, finished
            CALLING            | 480;q850=19  | ENDED          | ended RANG_UNSEEN 480, finished
            CALLING            | no-final     | ENDED          | ended NO_RESPONSE 0, finished
            CALLING            | no-send      | ENDED          | ended UNREACHABLE 0, finished
            CALLING            | lost         | ENDED          | ended UNREACHABLE 0, finished
            CALLING            | wake released icmp | CALLING       | -
            CALLING            | hangup       | CANCEL_PENDING | -
            CALLING            | abort        | ENDED          | ended ABANDONED 0, finished

            CANCEL_PENDING     | 100          | CANCELLING     | trying 100, CANCEL, hanging up
            CANCEL_PENDING     | 180          | CANCELLING     | ringing 180 after 0ms, CANCEL, hanging up, rang 0ms
            CANCEL_PENDING     | 183          | CANCELLING     | trying 183, CANCEL, hanging up
            CANCEL_PENDING     | 200          | RELEASING      | ACK+BYE, hanging up
            CANCEL_PENDING     | 486          | ENDED          | ended ABANDONED 486, finished
            CANCEL_PENDING     | 480;q850=19  | ENDED          | ended RANG_UNSEEN 480, finished
            CANCEL_PENDING     | no-final     | ENDED          | ended ABANDONED 0, finished
            CANCEL_PENDING     | no-send      | ENDED          | ended ABANDONED 0, finished
            CANCEL_PENDING     | lost         | ENDED          | ended ABANDONED 0, finished
            CANCEL_PENDING     | wake released hangup icmp | CANCEL_PENDING | -
            CANCEL_PENDING     | abort        | ENDED          | ended ABANDONED 0, finished

            PROCEEDING         | 100 183 icmp | PROCEEDING     | -
            PROCEEDING         | 180          | RINGING        | ringing 180 after 0ms
            PROCEEDING         | 200          | RELEASING      | ACK+BYE, hanging up
            PROCEEDING         | 486          | ENDED          | ended BUSY 486, finished
            PROCEEDING         | 480;q850=19  | ENDED          | ended RANG_UNSEEN 480, finished
            PROCEEDING         | no-final no-send released | PROCEEDING | -
            PROCEEDING         | lost         | ENDED          | leave, ended NO_RINGING 0, finished
            PROCEEDING         | wake hangup  | CANCELLING     | CANCEL, hanging up
            PROCEEDING         | abort        | ENDED          | ended ABANDONED 0, finished

            RINGING            | 100 180 183 icmp | RINGING        | -
            RINGING            | 200          | RELEASING      | ACK+BYE, hanging up, rang 0ms
            RINGING            | 486          | ENDED          | ended RANG 486, finished
            RINGING            | 480;q850=19  | ENDED          | ended RANG 480, finished
            RINGING            | no-final no-send released | RINGING | -
            RINGING            | lost         | ENDED          | leave, ended RANG 0, finished
            RINGING            | wake         | CANCELLING     | CANCEL, hanging up, rang 1500ms, late 0ms
            RINGING            | hangup       | CANCELLING     | CANCEL, hanging up, rang 0ms
            RINGING            | abort        | ENDED          | ended RANG 0, finished

            CANCELLING         | 100 183 no-send wake released hangup icmp | CANCELLING | -
            CANCELLING         | 180          | CANCELLING     | ringing 180 after 0ms
            CANCELLING         | 200          | RELEASING      | ACK+BYE
            CANCELLING         | 486          | ENDED          | ended ABANDONED 486, finished
            CANCELLING         | 480;q850=19  | ENDED          | ended RANG_UNSEEN 480, finished
            CANCELLING         | no-final     | ENDED          | ended ABANDONED 0, finished
            CANCELLING         | lost         | ENDED          | leave, ended ABANDONED 0, finished
            CANCELLING         | abort        | ENDED          | ended ABANDONED 0, finished

            CANCELLING by setup timeout | 100 183 no-send wake released hangup icmp | CANCELLING | -
            CANCELLING by setup timeout | 180         | CANCELLING | ringing 180 after 12000ms
            CANCELLING by setup timeout | 200         | RELEASING  | ACK+BYE
            CANCELLING by setup timeout | 486         | ENDED      | ended NO_RINGING 486, finished
            CANCELLING by setup timeout | 480;q850=19 | ENDED      | ended RANG_UNSEEN 480, finished
            CANCELLING by setup timeout | no-final    | ENDED      | ended NO_RINGING 0, finished
            CANCELLING by setup timeout | lost        | ENDED      | leave, ended NO_RINGING 0, finished
            CANCELLING by setup timeout | abort       | ENDED      | ended NO_RINGING 0, finished

            CANCELLING after ringing | 100 180 183 no-send wake released hangup icmp | CANCELLING | -
            CANCELLING after ringing | 200         | RELEASING | ACK+BYE
            CANCELLING after ringing | 486         | ENDED     | ended RANG 486, finished
            CANCELLING after ringing | 480;q850=19 | ENDED     | ended RANG 480, finished
            CANCELLING after ringing | no-final    | ENDED     | ended RANG 0, finished
            CANCELLING after ringing | lost        | ENDED     | leave, ended RANG 0, finished
            CANCELLING after ringing | abort       | ENDED     | ended RANG 0, finished

            CANCELLING after SILENT | 100 180 183 no-send wake released hangup icmp | CANCELLING | -
            CANCELLING after SILENT | 200          | RELEASING  | ACK+BYE
            CANCELLING after SILENT | 486 480;q850=19 no-final abort | ENDED | finished
            CANCELLING after SILENT | lost         | ENDED      | leave, finished

            RELEASING          | 100 180 183 486 480;q850=19 no-final no-send lost wake hangup icmp | RELEASING | -
            RELEASING          | 200          | RELEASING      | ACK+BYE
            RELEASING          | released     | ENDED          | ended ANSWERED_UNSEEN 200, finished
            RELEASING          | abort        | ENDED          | ended ANSWERED_UNSEEN 200, finished

            RELEASING after ringing | 100 180 183 486 480;q850=19 no-final no-send lost wake hangup icmp | RELEASING | -
            RELEASING after ringing | 200      | RELEASING | ACK+BYE
            RELEASING after ringing | released | ENDED     | ended ANSWERED_AFTER_RINGING 200, finished
            RELEASING after ringing | abort    | ENDED     | ended ANSWERED_AFTER_RINGING 200, finished

            RELEASING after SILENT  | 100 180 183 486 480;q850=19 no-final no-send lost wake hangup icmp | RELEASING | -
            RELEASING after SILENT  | 200      | RELEASING | ACK+BYE
            RELEASING after SILENT  | released abort | ENDED | finished

            SILENT             | 100 180 183  | CANCELLING     | CANCEL
            SILENT             | 200          | RELEASING      | ACK+BYE
            SILENT             | 486 480;q850=19 no-final no-send lost abort | ENDED | finished
            SILENT             | wake released hangup icmp | SILENT | -

            ENDED              | 100 180 183 200 486 480;q850=19 no-final no-send lost wake released hangup abort icmp | ENDED | -

            SIGNING            | 100 180 183 200 486 480;q850=19 no-final no-send lost released late-connect icmp | SIGNING | -
            SIGNING            | signed       | CALLING        | INVITE signed anew
            SIGNING            | unsigned     | ENDED          | ended UNREACHABLE 0, finished
            SIGNING            | wake         | ENDED          | ended NO_RESPONSE 0, finished
            SIGNING            | hangup       | ENDED          | ended ABANDONED 0, finished
            SIGNING            | abort        | ENDED          | ended ABANDONED 0, finished

            CALLING            | late-connect | SIGNING        | INVITE held back
            CALLING            | signed unsigned | CALLING     | -
            IDLE               | signed unsigned late-connect | IDLE           | -
            WAITING            | signed unsigned late-connect | WAITING        | -
            CANCEL_PENDING     | signed unsigned late-connect | CANCEL_PENDING | -
            PROCEEDING         | signed unsigned late-connect | PROCEEDING     | -
            RINGING            | signed unsigned late-connect | RINGING        | -
            CANCELLING         | signed unsigned late-connect | CANCELLING     | -
            CANCELLING by setup timeout | signed unsigned late-connect | CANCELLING | -
            CANCELLING after ringing    | signed unsigned late-connect | CANCELLING | -
            CANCELLING after SILENT     | signed unsigned late-connect | CANCELLING | -
            RELEASING                   | signed unsigned late-connect | RELEASING  | -
            RELEASING after ringing     | signed unsigned late-connect | RELEASING  | -
            RELEASING after SILENT      | signed unsigned late-connect | RELEASING  | -
            SILENT             | signed unsigned late-connect | SILENT         | -
            ENDED              | signed unsigned late-connect | ENDED          | -

            IDLE | there-100 there-180 there-183 there-200 | IDLE | -
            WAITING | there-100 there-180 there-183 there-200 | WAITING | -
            CALLING | there-180 there-200 | CANCEL_PENDING | -
            CALLING | there-100 there-183 | CALLING | -
            SIGNING | there-180 there-200 | ENDED | ended RANG_UNSEEN 0, finished
            SIGNING | there-100 there-183 | SIGNING | -
            CANCEL_PENDING | there-100 there-180 there-183 there-200 | CANCEL_PENDING | -
            PROCEEDING | there-180 there-200 | CANCELLING | CANCEL, hanging up
            PROCEEDING | there-100 there-183 | PROCEEDING | -
            RINGING | there-100 there-180 there-183 there-200 | RINGING | -
            CANCELLING | there-100 there-180 there-183 there-200 | CANCELLING | -
            CANCELLING by setup timeout | there-100 there-180 there-183 there-200 | CANCELLING | -
            CANCELLING after ringing | there-100 there-180 there-183 there-200 | CANCELLING | -
            CANCELLING after SILENT | there-100 there-180 there-183 there-200 | CANCELLING | -
            RELEASING | there-100 there-180 there-183 there-200 | RELEASING | -
            RELEASING after ringing | there-100 there-180 there-183 there-200 | RELEASING | -
            RELEASING after SILENT | there-100 there-180 there-183 there-200 | RELEASING | -
            SILENT | there-100 there-180 there-183 there-200 | SILENT | -
            ENDED | there-100 there-180 there-183 there-200 | ENDED | -
            """;

    @ParameterizedTest(name = "{0} + {1} → {2}: {3}")
    @MethodSource("rows")
    void each_input_leads_each_state_to_the_next(String scene, String input, State next, String effects) {
        var script = new CallScript(new Only180());
        requireNonNull(SCENES.get(scene)).accept(script);
        assertThat(script.state().name()).as("the scene is set").isEqualTo(scene.split(" ", -1)[0]);
        script.effectsSinceThen();

        requireNonNull(INPUTS.get(input)).accept(script);

        assertThat(script.effectsSinceThen()).isEqualTo(effects);
        assertThat(script.state()).isEqualTo(next);
        if (next == State.ENDED && !scene.equals("ENDED")) {
            script.callNeedsNothingMore();
        }
    }

    @Test
    void the_table_is_total() {
        var seen = new HashSet<String>();
        rows().forEach(row -> assertThat(seen.add(row.get()[0] + " + " + row.get()[1]))
                .as("twice: %s + %s", row.get()[0], row.get()[1])
                .isTrue());
        var expected = SCENES.keySet().stream()
                .flatMap(scene -> INPUTS.keySet().stream().map(input -> scene + " + " + input))
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        var states = EnumSet.noneOf(State.class);
        SCENES.keySet().forEach(scene -> states.add(State.valueOf(scene.split(" ", -1)[0])));
        assertThat(states).containsExactly(State.values());
    }

    /// The script objects to a CANCEL without a provisional, a second CANCEL, an event that comes twice or after the
    /// end, anything sent and any timer set after the end.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_comes_in_whatever_order_the_call_ends_once(long seed) {
        var random = new Random(seed);
        var script = new CallScript(seed % 2 == 0 ? new Only180() : new After183(Duration.ofMillis(800)));
        var inputs = new ArrayList<>(INPUTS.entrySet());
        for (int calls = 0; calls < 2_000; calls++) {
            var story = new ArrayList<String>();
            try {
                script.caller().placesIn(Duration.ofMillis(random.nextInt(3)));
                while (!script.isFinished()) {
                    if (random.nextInt(3) == 0) {
                        story.add("time");
                        script.clock().passes(Duration.ofMillis(random.nextInt(2_000)));
                    } else {
                        var input = inputs.get(random.nextInt(inputs.size()));
                        boolean ends =
                                input.getKey().equals("abort") || input.getKey().startsWith("4");
                        if (!ends || random.nextInt(5) == 0) {
                            story.add(input.getKey());
                            input.getValue().accept(script);
                        }
                    }
                }
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", story " + story, e);
            }
            assertThat(script.reports())
                    .as("seed %s, story %s", seed, story)
                    .last()
                    .asString()
                    .startsWith("ended");
        }
    }

    static Stream<Arguments> rows() {
        return TABLE.lines().filter(line -> !line.isBlank()).flatMap(line -> {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            return Arrays.stream(cells.get(1).split(" ", -1))
                    .map(input -> Arguments.of(cells.get(0), input, State.valueOf(cells.get(2)), cells.get(3)));
        });
    }

    private static Map<String, Consumer<CallScript>> scenes() {
        var scenes = new LinkedHashMap<String, Consumer<CallScript>>();
        scenes.put("IDLE", _ -> {});
        scenes.put("WAITING", the -> the.caller().placesIn(Duration.ofSeconds(1)));
        scenes.put("CALLING", the -> the.caller().places());
        scenes.put("SIGNING", the -> the.outdated().caller().places());
        scenes.put("CANCEL_PENDING", the -> the.caller().places().hangsUp());
        scenes.put("PROCEEDING", the -> the.caller().places().tries());
        scenes.put("RINGING", the -> the.caller().places().rings());
        scenes.put("CANCELLING", the -> the.caller().places().tries().hangsUp());
        scenes.put(
                "CANCELLING by setup timeout",
                the -> the.caller().places().tries().clock().passes(CallScript.SETUP));
        scenes.put(
                "CANCELLING after ringing",
                the -> the.caller().places().rings().clock().passes(CallScript.RING));
        scenes.put(
                "CANCELLING after SILENT",
                the -> the.caller()
                        .places()
                        .clock()
                        .passes(CallScript.SETUP)
                        .callee()
                        .tries());
        scenes.put("RELEASING", the -> the.caller().places().answers());
        scenes.put(
                "RELEASING after ringing", the -> the.caller().places().rings().answers());
        scenes.put(
                "RELEASING after SILENT",
                the -> the.caller()
                        .places()
                        .clock()
                        .passes(CallScript.SETUP)
                        .callee()
                        .answers());
        scenes.put("SILENT", the -> the.caller().places().clock().passes(CallScript.SETUP));
        scenes.put("ENDED", the -> the.caller().places().rejectsWith(486));
        return scenes;
    }

    private static Map<String, Consumer<CallScript>> inputs() {
        var inputs = new LinkedHashMap<String, Consumer<CallScript>>();
        inputs.put("100", the -> the.callee().tries());
        inputs.put("180", the -> the.callee().rings());
        inputs.put("183", the -> the.callee().says(183));
        inputs.put("200", the -> the.callee().answers());
        inputs.put("486", the -> the.callee().rejectsWith(486));
        inputs.put("480;q850=19", the -> the.callee().rejectsWith(480, 19));
        inputs.put("no-final", the -> the.transaction().givesUp());
        inputs.put("no-send", the -> the.transaction().cannotSend());
        inputs.put("lost", the -> the.transaction().losesConnection());
        inputs.put("icmp", the -> the.transaction().isToldThatNobodyIsThere());
        inputs.put("wake", the -> the.clock().wakes());
        inputs.put("released", the -> the.callee().confirmsBye());
        inputs.put("signed", the -> the.signs());
        inputs.put("unsigned", the -> the.cannotSign());
        inputs.put("late-connect", the -> the.connectsLate());
        for (int status : new int[] {100, 180, 183, 200}) {
            inputs.put("there-" + status, the -> the.elsewhere(status));
        }
        inputs.put("hangup", the -> the.caller().hangsUp());
        inputs.put("abort", the -> the.caller().aborts());
        return inputs;
    }
}
