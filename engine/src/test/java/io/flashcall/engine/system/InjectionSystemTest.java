package io.flashcall.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Accepted;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerHeaders;
import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.SignallingConfig;
import io.flashcall.engine.SignallingConfig.Reliability;
import io.flashcall.engine.TrunkOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Text that wants to become a header of its own, tried through every field of a request and of the configuration: it
/// is refused, or does not reach the wire.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InjectionSystemTest {

    private static final String EVIL = "X-Evil";

    /// The headers that our messages may have; `X-Evil` in any other place is found as bytes.
    private static final Set<String> OURS = Set.of(
            "Via",
            "Max-Forwards",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Contact",
            "Allow",
            "User-Agent",
            "Content-Type",
            "Content-Length",
            "P-Asserted-Identity",
            "Remote-Party-ID",
            "P-Charging-Vector",
            "Diversion",
            "Route");

    /// U+010D and U+010A become CR and LF where a char is cut to a byte.
    static Stream<String> hostileTexts() {
        return Stream.of(
                        "%s\r\nX-Evil: 1",
                        "%s\nX-Evil: 1",
                        "%s\rX-Evil: 1",
                        "\r\nX-Evil: 1\r\n%s",
                        "%s\r\n\r\nX-Evil",
                        "%s\u010d\u010aX-Evil: 1",
                        "%s\u0000X-Evil",
                        "%s%%0d%%0aX-Evil:%%201",
                        "%s;X-Evil=1",
                        "%s>;X-Evil=1;x=<sip:a",
                        "%s, <sip:X-Evil@a>",
                        "%s@X-Evil",
                        "%s?X-Evil=1",
                        "%s X-Evil",
                        "%s\"X-Evil",
                        "%s\u2028X-Evil",
                        "%s\u0085X-Evil",
                        "%s\ud800X-Evil",
                        "%sé{cseq}X-Evil",
                        "%s\u000bX-Evil",
                        "%s" + "X-Evil".repeat(12_000),
                        "%s\tX-Evil")
                .map(text -> text.replace("%%", "%"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void through_a_request(String text) {
        try (var stage = Stage.with("ring")) {
            isRefused(stage, CallRequest.of(fill(text, Stage.TRUNK), Stage.FROM, Stage.TO, "a"));
            isRefused(stage, CallRequest.of(Stage.TRUNK, fill(text, Stage.FROM), Stage.TO, "b"));
            isRefused(stage, CallRequest.of(Stage.TRUNK, Stage.FROM, fill(text, Stage.TO), "c"));
            isRefused(stage, CallRequest.of(Stage.TRUNK, fill(text, ""), fill(text, ""), "d"));

            var reference = fill(text.substring(0, Math.min(100, text.length())), "reference");
            stage.place(CallRequest.of(Stage.TRUNK, Stage.FROM, Stage.TO, reference));
            assertThat(stage.outcomeOf(reference)).isNotNull();
            stage.everythingIsOver();
            onlyOursIsOnTheWire(stage);
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void through_the_configuration(String text) {
        refusedOrHarmless(value -> Scene.of("ring").trunk(fill(text, value), Scene.ANY_TARGET), "other");
        refusedOrHarmless(value -> Scene.of("ring").agents(1, fill(text, value)), "sip.example.net");
        refusedOrHarmless(value -> Scene.of("ring").agents(1, fill(text, value)), "203.0.113.7:5060");
        refusedOrHarmless(value -> Scene.of("ring").agents(1, fill(text, value)), "[2001:db8::1]:5060");
        refusedOrHarmless(value -> Scene.of("ring").numbers(from(fill(text, value))), "sip.example.net");
        refusedOrHarmless(value -> Scene.of("ring").numbers(from(fill(text, value))), "[2001:db8::1]");
        refusedOrHarmless(value -> Scene.of("ring").numbers(national(fill(text, value), "0", "00")), "44");
        refusedOrHarmless(value -> Scene.of("ring").numbers(national("44", fill(text, value), "00")), "0");
        refusedOrHarmless(value -> Scene.of("ring").numbers(national("44", "0", fill(text, value))), "00");
        refusedOrHarmless(value -> Scene.of("ring").options(routed(fill(text, value))), "sip:edge.example.net;lr");
        refusedOrHarmless(value -> Scene.of("ring").options(charged(fill(text, value))), "example.net");
        refusedOrHarmless(value -> Scene.of("ring").options(diverted(fill(text, value))), "442079460100");
        refusedOrHarmless(value -> Scene.of("ring").callerIds(owned(fill(text, value))), "+1202555xxxx");
        refusedOrHarmless(value -> Scene.of("ring").callerIds(owned(fill(text, value))), "+12025550123");
    }

    @Test
    void and_the_check_itself_knows_what_is_ours() {
        var numbers = new NumberPolicy(new PlusE164(), true, true, true, "sip.example.net");
        try (var stage = Scene.of("answer-on-cancel:routes=1").numbers(numbers).start()) {
            stage.outcome();
            stage.everythingIsOver();
            onlyOursIsOnTheWire(stage);
        }
    }

    private static void refusedOrHarmless(Function<String, Scene> scene, String value) {
        Stage stage;
        try {
            stage = scene.apply(value).start();
        } catch (IllegalArgumentException refused) {
            return;
        }
        try (stage) {
            if (stage.ask(stage.request()) instanceof Accepted) {
                stage.everythingIsOver();
            }
            onlyOursIsOnTheWire(stage);
        }
    }

    private static void isRefused(Stage stage, CallRequest request) {
        assertThat(stage.refusal(request)).isNotNull();
    }

    private static void onlyOursIsOnTheWire(Stage stage) {
        assertThat(stage.receivedBytes()).doesNotContainIgnoringCase(EVIL);
        assertThat(stage.received(""))
                .allSatisfy(line -> assertThat(headerNames(line.text())).isSubsetOf(OURS));
    }

    private static Set<String> headerNames(String message) {
        var head = message.substring(message.indexOf("\r\n") + 2, message.indexOf("\r\n\r\n"));
        return Arrays.stream(head.split("\r\n", -1))
                .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))))
                .collect(Collectors.toSet());
    }

    private static String fill(String text, String value) {
        return text.replace("%s", value);
    }

    private static NumberPolicy from(String domain) {
        return new NumberPolicy(new PlusE164(), true, true, true, domain);
    }

    private static NumberPolicy national(String country, String national, String international) {
        return new NumberPolicy(new National(country, national, international), true, false, false, "");
    }

    private static TrunkOptions routed(String route) {
        return TrunkOptions.STANDARD.withSignalling(new SignallingConfig(Reliability.OFF, List.of(route), List.of()));
    }

    private static TrunkOptions charged(String network) {
        return TrunkOptions.STANDARD.withCallerHeaders(
                CallerHeaders.NONE.withChargingVector(new ChargingVector(network, network)));
    }

    private static TrunkOptions diverted(String digits) {
        return TrunkOptions.STANDARD.withCallerHeaders(
                CallerHeaders.NONE.withDiversion(new Diversion(new E164(digits), DiversionReason.AWAY)));
    }

    private static CallerIds owned(String range) {
        return new CallerIds(List.of(CallerIds.Range.parse(range)), true);
    }
}
