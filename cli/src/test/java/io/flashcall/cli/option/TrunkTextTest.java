package io.flashcall.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrunkTextTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5070,127.0.0.1:5070",
        "[::1]:5070,[::1]:5070",
        "127.0.0.1:5070;transport=udp,127.0.0.1:5070;transport=udp",
        "127.0.0.1:5070;TRANSPORT=TLS,127.0.0.1:5070;transport=tls",
        "sip:127.0.0.1,127.0.0.1",
        "sip.carrier.example;transport=tcp,sip.carrier.example;transport=tcp",
        "localhost:5070,localhost:5070"
    })
    void an_address(String text, String address) {
        assertThat(TrunkText.parse(text)).isInstanceOf(TrunkText.Address.class).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"carrier-a", "a", "trunk_2", "localhost"})
    void a_name(String text) {
        assertThat(TrunkText.parse(text)).isEqualTo(new TrunkText.Name(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Carrier A", "127.0.0.1:99999", "sip:", "::1", "[::1", "a.example;lr"})
    void what_is_neither_names_itself_and_both(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrunkText.parse(text))
                .withMessageContaining(text)
                .withMessageContaining("expected")
                .withMessageContaining("name of a configured trunk");
    }
}
