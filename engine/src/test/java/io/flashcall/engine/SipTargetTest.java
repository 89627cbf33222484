package io.flashcall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipTargetTest {

    @Test
    void a_name_alone_leaves_port_and_transport_to_the_dns() {
        assertThat(SipTarget.parse("sip.carrier.example"))
                .isEqualTo(new SipTarget("sip.carrier.example", OptionalInt.empty(), Optional.empty()));
    }

    @Test
    void a_uri_may_name_everything() {
        assertThat(SipTarget.parse("sip:carrier.example:5071;transport=TLS"))
                .isEqualTo(new SipTarget("carrier.example", OptionalInt.of(5071), Optional.of(SipTransport.TLS)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:5060, true, 192.0.2.1:5060",
        "[2001:db8::1];transport=tcp, true, [2001:db8::1]",
        "carrier.example, false, carrier.example"
    })
    void tells_addresses_from_names(String text, boolean address, String hostAndPort) {
        var target = SipTarget.parse(text);
        assertThat(target.isAddress()).isEqualTo(address);
        assertThat(target.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(target).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5060",
                "carrier.example:0",
                "carrier.example:65536",
                "carrier.example;transport=sctp",
                "carrier.example;lr",
                "2001:db8::1",
                "0.0.0.0:5060",
                "carrier.example\r\nVia: x",
                "a b"
            })
    void refuses_what_is_no_target_and_names_it(String text) {
        assertThatThrownBy(() -> SipTarget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("target: " + text)
                .hasMessageContaining("expected");
    }
}
