package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.sip.RequestTemplate.Account;
import io.flashcall.engine.sip.RequestTemplate.Numbers;
import io.flashcall.engine.sip.RequestTemplate.Offer;
import io.flashcall.engine.sip.RequestTemplate.Parts;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that a caller or a configuration says can end the field it stands in.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeaderInjectionTest {

    private static final Numbers NUMBERS = new Numbers(NumberFormat.plusE164(), NumberFormat.plusE164());

    /// Each field, and a good value to spoil.
    private static final Map<String, String> GOOD = Map.ofEntries(
            Map.entry("viaHost", "198.51.100.9"),
            Map.entry("targetHost", "carrier.example:5060"),
            Map.entry("fromHost", "flash.example"),
            Map.entry("mediaHost", "198.51.100.9"),
            Map.entry("countryCode", "44"),
            Map.entry("nationalPrefix", "0"),
            Map.entry("internationalPrefix", "00"),
            Map.entry("number", "442079460123"),
            Map.entry("user", "account-1"),
            Map.entry("domain", "carrier.example"),
            Map.entry("registrar", "carrier.example:5060"));

    private static final Map<String, Consumer<String>> FIELDS = Map.ofEntries(
            Map.entry("viaHost", value -> new Parts(value, 5060, "c", "f", NUMBERS, Messages.PLAIN)),
            Map.entry("targetHost", value -> new Parts("v", 5060, value, "f", NUMBERS, Messages.PLAIN)),
            Map.entry("fromHost", value -> new Parts("v", 5060, "c", value, NUMBERS, Messages.PLAIN)),
            Map.entry("mediaHost", value -> new Offer(value, 4000)),
            Map.entry("countryCode", value -> NumberFormat.national(value, "0", "00")),
            Map.entry("nationalPrefix", value -> NumberFormat.national("44", value, "00")),
            Map.entry("internationalPrefix", value -> NumberFormat.national("44", "0", value)),
            Map.entry("number", Digits::pack),
            Map.entry("user", value -> new Account(value, "d", "r")),
            Map.entry("domain", value -> new Account("u", value, "r")),
            Map.entry("registrar", value -> new Account("u", "d", value)));

    private static final List<String> EVIL = List.of(
            "\r",
            "\n",
            "\r\nX: y",
            "\0",
            ">",
            "<",
            "\"",
            ";",
            ",",
            " ",
            "\t",
            "@",
            "?",
            "/",
            "\\",
            "%",
            "é",
            "٣",
            "\u2028");

    static Stream<Arguments> everyFieldAndEveryEvil() {
        return FIELDS.keySet().stream().sorted().flatMap(field -> EVIL.stream().map(evil -> Arguments.of(field, evil)));
    }

    @ParameterizedTest
    @MethodSource("everyFieldAndEveryEvil")
    void a_field_is_refused_with_its_name_and_what_was_expected(String field, String evil) {
        String good = Messages.of(GOOD, field);
        offer(field, good);
        int middle = good.length() / 2;
        for (String bad :
                List.of(evil + good, good + evil, good.substring(0, middle) + evil + good.substring(middle), evil)) {
            assertThatThrownBy(() -> offer(field, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)" + field + ": \".*\" \\(expected: .+\\)")
                    .message()
                    .matches("[ -~…]*");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void a_port_is_refused_with_its_name(int port) {
        assertThatThrownBy(() -> new Parts("v", port, "c", "f", NUMBERS, Messages.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("viaPort: \"" + port + "\" (expected: a port from 1 to 65535)");
        assertThatThrownBy(() -> new Offer("192.0.2.1", port)).hasMessageStartingWith("mediaPort: \"" + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5060",
                "host:",
                "host:0",
                "host:65536",
                "host:5060:1",
                "[::1",
                "::1]",
                "[::1]x",
                "[host]:1",
                "fe80::1%eth0",
                "-host",
                "host-",
                "a:b"
            })
    void a_target_that_is_no_host_and_port_is_refused(String target) {
        assertThatThrownBy(() -> offer("targetHost", target)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "::ffff:0.0.0.0"})
    void nobody_can_be_reached_at_the_unspecified_address(String address) {
        assertThatThrownBy(() -> offer("viaHost", address)).hasMessageContaining("not the unspecified one");
        assertThatThrownBy(() -> offer("mediaHost", address)).hasMessageContaining("not the unspecified one");
    }

    @Test
    void a_telephone_number_in_a_message_is_masked() {
        assertThatThrownBy(() -> Digits.pack("+442079460123"))
                .hasMessage("number: \"+442*********\" (expected: 1 to 15 digits)");
        assertThatThrownBy(() -> Digits.pack("1234567890123456")).hasMessageContaining("\"123*************\"");
    }

    @Test
    void an_address_in_a_message_is_not_masked() {
        assertThatThrownBy(() -> offer("viaHost", "198.51.100.9 ")).hasMessageContaining("\"198.51.100.9 \"");
        assertThat(FIELDS).containsOnlyKeys(GOOD.keySet());
    }

    private static void offer(String field, String value) {
        Messages.of(FIELDS, field).accept(value);
    }
}
