package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NotationTest {

    @ParameterizedTest
    @CsvSource({
        "0ms, PT0S",
        "1500ms, PT1.5S",
        "2s, PT2S",
        "1.5s, PT1.5S",
        "1m, PT1M",
        "1h, PT1H",
        "30d, PT720H",
        "PT2S, PT2S",
        "pt0.5s, PT0.5S"
    })
    void a_duration_has_a_unit_or_is_iso(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "1500", "2 s", "-2s", "PT-2S", "1.s", "1w", "2S", "PT", "999999999h", "PT99999999999H"})
    void a_duration_is_not_guessed_at(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage((text.isEmpty() ? "\"\"" : text.equals("PT99999999999H") ? "PT9999*******H" : text)
                                .replace("999999999h", "9999*****h")
                        + " (expected: a duration such as 1500ms, 2s, 1m or PT2S)");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT1.5S, 1500ms",
        "PT12S, 12s",
        "PT1M, 60s",
        "PT720H, 30d",
        "PT25H, 90000s",
        "PT0.0000005S, PT0.0000005S"
    })
    void a_duration_is_written_in_its_shortest_exact_form(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "65537, 65537", "512B, 512", "64KiB, 65536", "8MiB, 8388608", "1GiB, 1073741824"})
    void a_size_is_bytes_or_has_a_binary_unit(String text, int bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
        assertThat(Sizes.parse(Sizes.text(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "8MB", "8 MiB", "2GiB", "0x10", "9999999999GiB"})
    void a_size_is_not_guessed_at(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).hasMessageEndingWith(" (expected: " + Sizes.EXPECTED + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1:5060",
        "192.0.2.1:5070, 192.0.2.1:5070",
        "localhost:1, 127.0.0.1:1",
        "LocalHost, 127.0.0.1:5060",
        "[::1], [::1]:5060",
        "[0:0:0:0:0:0:0:1], [::1]:5060",
        "[2001:DB8::0001]:65535, [2001:db8::1]:65535",
        "[::]:0, [::]:0",
        "[fe80::]:1, [fe80::]:1",
        "[2001:db8:0:1:1:1:1:1]:1, [2001:db8:0:1:1:1:1:1]:1",
        "[2001:0:0:1:0:0:0:1]:1, [2001:0:0:1::1]:1",
        "[2001:db8:0:0:1:0:0:1]:1, [2001:db8::1:0:0:1]:1"
    })
    void an_address_is_a_literal_or_localhost_with_or_without_a_port(String text, String expected) {
        assertThat(Addresses.text(Addresses.parse(text, 5060))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5060",
                "5060",
                "127.1",
                "010.0.0.1",
                "256.0.0.1",
                "::1",
                "::1:5060",
                "[::1]5060",
                "[127.0.0.1]:1",
                "[localhost]",
                "[]",
                "[::1",
                "192.0.2.1:",
                "192.0.2.1:5060x",
                "192.0.2.1:-1",
                "192.0.2.1:123456",
                "example.net:5060",
                "192.0.2.1 :5060",
                "192.0.2.1:5060;transport=udp"
            })
    void an_address_is_not_guessed_at(String text) {
        assertThatThrownBy(() -> Addresses.parse(text, 5060))
                .isInstanceOf(BadValueException.class)
                .hasMessage((text.isEmpty() ? "\"\"" : text) + " (expected: an IP address or localhost,"
                        + " with or without :PORT, IPv6 in brackets)");
    }
}
