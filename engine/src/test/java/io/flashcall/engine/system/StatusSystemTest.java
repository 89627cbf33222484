package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipStatus;
import io.flashcall.testbed.behaviour.Behaviour;
import io.flashcall.testbed.behaviour.Dialplan;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each final response means before ringing and after it: the rows of the outcome table, over the wire.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StatusSystemTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(10_000);
    private static final Map<String, Behaviour> BY_NUMBER = new ConcurrentHashMap<>();
    private static Stage stage;

    /// Each number has been given its behaviour before it is called.
    private record ByExactNumber() implements Dialplan {

        @Override
        public Behaviour behaviourFor(String called, RandomGenerator random) {
            return BY_NUMBER.get(called);
        }

        @Override
        public boolean reflects(String called) {
            return false;
        }

        @Override
        public String describe() {
            return "by exact number";
        }
    }

    @BeforeAll
    static void start() {
        stage = Scene.of(new ByExactNumber()).start();
    }

    @AfterAll
    static void stop() {
        try (var ending = stage) {
            ending.everythingIsOver();
        }
    }

    @ParameterizedTest(name = "{0} with Q.850 {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            404, -, INVALID_NUMBER
            410, -, INVALID_NUMBER
            484, -, INVALID_NUMBER
            604, -, INVALID_NUMBER
            480, 1, INVALID_NUMBER
            500, 22, INVALID_NUMBER
            503, 28, INVALID_NUMBER
            486, -, BUSY
            600, -, BUSY
            480, 17, BUSY
            699, -, BUSY
            480, -, UNAVAILABLE
            404, 18, UNAVAILABLE
            404, 127, INVALID_NUMBER
            487, 20, UNAVAILABLE
            607, -, UNWANTED
            """)
    void the_callees_side_says_no(int status, Integer q850, DeclineCause cause) {
        String call = place("status-" + status, q850);
        assertThat(stage.outcomeOf(call)).isEqualTo(new Declined(cause, status(status, q850)));
        assertThat(stage.outcomeOf(call).showedCallerId()).isFalse();
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ended");
    }

    @ParameterizedTest(name = "{0} with Q.850 {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            480, 19, RANG_UNSEEN
            486, 19, RANG_UNSEEN
            503, 19, RANG_UNSEEN
            401, -, NOT_AUTHORIZED
            407, -, NOT_AUTHORIZED
            402, -, BLOCKED
            403, -, BLOCKED
            603, -, BLOCKED
            608, -, BLOCKED_BY_ANALYTICS
            480, 21, BLOCKED
            503, 55, BLOCKED
            500, 57, BLOCKED
            408, -, UNREACHABLE
            500, -, UNREACHABLE
            502, -, UNREACHABLE
            504, -, UNREACHABLE
            480, 34, UNREACHABLE
            480, 38, UNREACHABLE
            480, 41, UNREACHABLE
            480, 42, UNREACHABLE
            480, 47, UNREACHABLE
            480, 58, UNREACHABLE
            480, 63, UNREACHABLE
            480, 102, UNREACHABLE
            503, -, OVERLOADED
            503, 42, OVERLOADED
            415, -, MEDIA_REFUSED
            488, -, MEDIA_REFUSED
            606, -, MEDIA_REFUSED
            500, 65, MEDIA_REFUSED
            500, 70, MEDIA_REFUSED
            500, 79, MEDIA_REFUSED
            500, 88, MEDIA_REFUSED
            400, -, PROTOCOL
            405, -, PROTOCOL
            420, -, PROTOCOL
            481, -, PROTOCOL
            482, -, PROTOCOL
            483, -, PROTOCOL
            501, -, PROTOCOL
            302, -, PROTOCOL
            """)
    void the_call_dies_on_the_way(int status, Integer q850, FailureCause cause) {
        String call = place("status-" + status, q850);
        assertThat(stage.outcomeOf(call)).isEqualTo(new Failed(cause, status(status, q850), Optional.empty()));
        assertThat(stage.outcomeOf(call).showedCallerId()).isFalse();
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ended");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rejected, 608, https://block.example.net/complaint-jws",
        "network-blocked, 603, https://redress.example"
    })
    void a_block_by_analytics_says_where_to_complain(String behaviour, int status, String redress) {
        var outcome = stage.outcomeOf(stage.place(stage.request(number(Behaviour.parse(behaviour + ":pdd=5ms")))));
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(FailureCause.BLOCKED_BY_ANALYTICS);
            assertThat(failed.last().code()).isEqualTo(status);
            assertThat(failed.last().redress()).contains(URI.create(redress));
        });
    }

    @ParameterizedTest(name = "{0} with Retry-After {1}: {2}")
    @CsvSource({"503, 7, OVERLOADED", "500, 0, UNREACHABLE", "480, 30, -", "503, 3600, OVERLOADED"})
    void how_long_the_peer_wants_to_be_left_alone_is_reported(int status, int seconds, String cause) {
        // Its own trunk: one that asks to be left alone gets no more calls.
        try (var left = Scene.of(new ByExactNumber()).start()) {
            var behaviour = Behaviour.parse("status-" + status + ":retry-after=" + seconds + ",pdd=5ms");
            var outcome = left.outcomeOf(left.place(left.request(number(behaviour))));
            assertThat(outcome.last()).isEqualTo(status(status, null));
            if (!cause.equals("-")) {
                assertThat(outcome)
                        .isEqualTo(new Failed(
                                FailureCause.valueOf(cause),
                                status(status, null),
                                Optional.of(Duration.ofSeconds(seconds))));
            }
            left.everythingIsOver();
        }
    }

    @ParameterizedTest(name = "{0} with Q.850 {1}")
    @CsvSource(nullValues = "-", textBlock = """
            487, -
            486, 17
            600, -
            603, 21
            480, 19
            480, 18
            408, -
            500, 41
            503, 34
            404, 1
            401, -
            488, -
            302, -
            """)
    void after_ringing_every_final_but_an_answer_means_that_it_rang(int status, Integer q850) {
        String reason = q850 == null ? "" : ",reason=" + q850;
        String to = number(Behaviour.parse("status-" + status + ":ringing=30ms" + reason));
        String call = stage.place(stage.request(to).withRingTime(Duration.ofSeconds(5)));
        assertThat(stage.outcomeOf(call)).isEqualTo(new Rang(status(status, q850)));
        assertThat(stage.outcomeOf(call).showedCallerId()).isTrue();
        assertThat(stage.storyOf(call)).containsExactly("Placed", "Trying", "Ringing", "Ended");
    }

    private static String place(String behaviour, Integer q850) {
        return stage.place(stage.request(number(
                Behaviour.parse(q850 == null ? behaviour + pdd(behaviour) : behaviour + ":pdd=5ms,reason=" + q850))));
    }

    private static String pdd(String behaviour) {
        return (behaviour.indexOf(':') < 0 ? ":" : ",") + "pdd=5ms";
    }

    private static String number(Behaviour behaviour) {
        String number = "+4420794" + NUMBERS.getAndIncrement();
        BY_NUMBER.put(number, behaviour);
        return number;
    }

    private static SipStatus status(int code, Integer q850) {
        return q850 == null
                ? new SipStatus(code, -1, "")
                : new SipStatus(code, q850, "Q.850;cause=" + q850 + ";text=\"cause " + q850 + "\"");
    }
}
