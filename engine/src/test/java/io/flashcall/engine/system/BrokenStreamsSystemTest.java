package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Declined;
import io.flashcall.engine.CallOutcome.Failed;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.SipTransport;
import io.flashcall.testbed.CarrierTerms;
import io.flashcall.testbed.stream.StreamTerms;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections that break at every moment of a call, and carriers that take a connection and say nothing.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class BrokenStreamsSystemTest {

    @ParameterizedTest
    @CsvSource({
        "ring, invite, unreachable",
        "ring, trying, no_ringing",
        "early-media-only, progress, no_ringing",
        "ring, ringing, rang",
        "ring, cancel, rang",
        "answer-at-once, answer, answered",
        "ring, refusal, rang",
        "busy, refusal, busy"
    })
    void a_call_whose_connection_breaks_ends_definitely_and_the_next_one_rings(
            String behaviour, String moment, String outcome) {
        try (var stage = byTcp("1 x " + behaviour + ":pdd=5ms,reset=" + moment + " then ring:pdd=5ms")
                .start()) {
            assertThat(word(stage.outcome())).isEqualTo(outcome);
            stage.nothingIsLeft();
            Stage.waitUntil(() -> stage.outcome() instanceof Rang, () -> "a call that rings again");
            stage.nothingIsLeft();
        }
    }

    /// The second INVITE has no connection to go by: none is made for one call, and none is waited for.
    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void a_call_whose_connection_breaks_with_the_challenge_ends_definitely_and_the_next_one_rings(int status) {
        try (var stage = byTcp("1 x ring:pdd=5ms,reset=refusal then ring:pdd=5ms")
                .terms(CarrierTerms.NONE.withTcp().withDigest("user=us,password=secret,ask=" + status))
                .credentials("us", "secret")
                .start()) {
            assertThat(word(stage.outcome())).isEqualTo("unreachable");
            stage.nothingIsLeft();
            Stage.waitUntil(() -> stage.outcome() instanceof Rang, () -> "a call that rings again");
            stage.nothingIsLeft();
        }
    }

    /// The kernel takes what is sent, and nobody reads it.
    @Test
    void a_carrier_that_takes_connections_and_never_answers_is_no_response_and_then_avoided() {
        try (var deaf = byTcp("ring")
                .terms(CarrierTerms.NONE.withTcp().withStreams(new StreamTerms(true, true)))
                .setup(Duration.ofSeconds(7))
                .start()) {
            assertThat(word(deaf.outcome())).isEqualTo("no_response");
            deaf.nothingIsLeft();
            assertThat(deaf.engine.trunks().getFirst().hosts())
                    .singleElement()
                    .satisfies(host -> assertThat(host.state()).isNotEqualTo("up"));
        }
    }

    private static Scene byTcp(String plan) {
        return Scene.of(plan)
                .terms(CarrierTerms.NONE.withTcp())
                .transports(Set.of(SipTransport.TCP))
                .t1(Duration.ofMillis(100))
                .setup(Duration.ofSeconds(3));
    }

    private static String word(CallOutcome outcome) {
        return switch (outcome) {
            case Rang _ -> "rang";
            case Answered _ -> "answered";
            case Failed failed -> failed.cause().name().toLowerCase(Locale.ROOT);
            case Declined declined -> declined.cause().name().toLowerCase(Locale.ROOT);
            default -> outcome.toString();
        };
    }
}
