package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallerHeaders.ChargingVector;
import io.flashcall.engine.CallerHeaders.Diversion;
import io.flashcall.engine.CallerHeaders.DiversionReason;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallerHeadersTest {

    private static final CallerHeaders ALL = new CallerHeaders(
            true,
            Optional.of(CallerHeaders.Privacy.NONE),
            Optional.of(new Diversion(new E164("442079460100"), DiversionReason.AWAY)),
            Optional.of(new ChargingVector("flash.example", "")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P-Preferred-Identity: <sip:a@b>",
                "p-asserted-identity: <sip:a@b>",
                "Remote-Party-ID: <sip:a@b>",
                "DIVERSION: <sip:a@b>",
                "P-Charging-Vector: icid-value=1"
            })
    void a_header_does_not_stand_twice(String line) {
        assertThat(trunk(NumberPolicy.PLUS_E164, CallerHeaders.NONE, line)).isNotNull();
        var numbers = new NumberPolicy(new NumberPolicy.PlusE164(), true, true, true, "");
        assertThatThrownBy(() -> trunk(numbers, ALL, line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("signalling.headers")
                .hasMessageContaining("no header that numbers or caller_headers write already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "user", "none"})
    void Privacy_is_said_by_its_own_key_alone(String value) {
        assertThatThrownBy(() -> trunk(NumberPolicy.PLUS_E164, CallerHeaders.NONE, "Privacy: " + value))
                .hasMessageContaining("that the engine does not write itself");
    }

    @Test
    void a_network_is_a_host() {
        assertThatThrownBy(() -> new ChargingVector("", "a b"))
                .hasMessageContaining("caller_headers.charging_vector.orig_ioi")
                .hasMessageContaining("caller_headers.charging_vector.generated_at");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 6})
    void redirections_are_followed_up_to_five_times(int most) {
        assertThatThrownBy(() -> new RedirectPolicy(List.of(), most))
                .hasMessageContaining("redirects.most")
                .hasMessageContaining("1 to 5");
    }

    private static TrunkConfig trunk(NumberPolicy numbers, CallerHeaders caller, String line) {
        var signalling = new SignallingConfig(SignallingConfig.Reliability.OFF, List.of(), List.of(line));
        return new TrunkConfig(
                "a",
                PeerConfig.at(new InetSocketAddress("192.0.2.1", 5060)),
                new CallerIds(List.of(), true),
                numbers,
                CallPolicy.DEFAULT,
                TrunkOptions.STANDARD.withSignalling(signalling).withCallerHeaders(caller));
    }
}
