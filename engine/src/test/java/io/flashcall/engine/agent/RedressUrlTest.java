package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RedressUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "http://a.example:8080/r?n=4#x", "HTTPS://[2001:db8::1]/card"})
    void a_web_address_is_passed_on_as_it_is(String text) {
        assertThat(read(text)).contains(URI.create(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "/card",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https:///card",
                "https://bank.example@a.example/",
                "https://a.example/\u00e9",
                "https://a.example/ card",
                "https://a.example/\u001b[2J",
                "https://a.example/<b>"
            })
    void anything_else_is_none(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void one_that_is_too_long_is_dropped_rather_than_cut() {
        var cell = new EventCell();
        cell.clearResponse(608);
        byte[] longest = ("https://a.example/" + "x".repeat(238)).getBytes(StandardCharsets.US_ASCII);
        cell.redress(longest, 0, longest.length);
        cell.kind = EventCell.Kind.ENDED;
        assertThat(cell.toEvent().toString()).contains("x".repeat(238));
        byte[] longer = ("https://a.example/" + "x".repeat(239)).getBytes(StandardCharsets.US_ASCII);
        cell.redress(longer, 0, longer.length);
        assertThat(cell.toEvent().toString()).doesNotContain("a.example");
    }

    private static Optional<URI> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return RedressUrl.read(bytes, bytes.length);
    }
}
