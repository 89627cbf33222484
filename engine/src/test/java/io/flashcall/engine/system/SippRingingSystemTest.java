package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.Answered;
import io.flashcall.engine.CallOutcome.Rang;
import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerHeaders.Privacy;
import io.flashcall.engine.E164;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.TrunkOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How SIPp says that a phone rings, and what it wants to know before.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SippRingingSystemTest {

    @Test
    void each_fork_has_its_reliable_responses_acknowledged() throws Exception {
        var required = new SignallingConfig(Reliability.REQUIRED, List.of(), List.of());
        expect(
                "uas-forks-prack.xml",
                scene -> scene.options(TrunkOptions.STANDARD.withSignalling(required)),
                Rang.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uas-early-media.xml", "uas-alert-info.xml"})
    void early_media_ring_when_the_network_lets_them_flow_and_not_before(String scenario) throws Exception {
        expect(scenario, scene -> scene.ringPolicy(new RingPolicy.EarlyMedia()), Rang.class);
    }

    @Test
    void who_calls_is_said_in_each_header_that_the_trunk_wants() throws Exception {
        var headers = new CallerHeaders(
                true,
                Optional.of(Privacy.NONE),
                Optional.of(new Diversion(new E164("442079460100"), DiversionReason.UNCONDITIONAL)),
                Optional.of(new ChargingVector("flash.example", "")));
        expect(
                "uas-identity.xml",
                scene -> scene.options(TrunkOptions.STANDARD.withCallerHeaders(headers))
                        .numbers(new NumberPolicy(new PlusE164(), true, true, true, "")),
                Rang.class);
    }

    @Test
    void a_BYE_that_is_challenged_is_sent_again_with_credentials() throws Exception {
        expect("uas-digest-bye.xml", scene -> scene.credentials("flashcall", "secret"), Answered.class);
    }

    private static void expect(String scenario, UnaryOperator<Scene> more, Class<? extends CallOutcome> outcome)
            throws Exception {
        try (var sipp = SippCallee.start(scenario, 1);
                var stage = more.apply(Scene.towards(sipp.address())
                                .t1(Duration.ofMillis(500))
                                .ring(Duration.ofMillis(100))
                                .setup(Duration.ofSeconds(10)))
                        .start()) {
            assertThat(stage.outcome()).as(sipp::said).isInstanceOf(outcome);
            stage.nothingIsLeft();
            assertThat(sipp.statistics())
                    .as(sipp::said)
                    .containsEntry("SuccessfulCall", 1L)
                    .containsEntry("FailedCall", 0L)
                    .containsEntry("FailedUnexpectedMessage", 0L)
                    .containsEntry("OutOfCallMsgs", 0L);
        }
    }
}
