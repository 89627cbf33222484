package io.flashcall.engine.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonReaderTest {

    @Test
    void every_kind_of_value_is_read() {
        assertThat(read(" { \"a\" : [ 1, -2.5e+3 , true,null, [], {} ],\n\"b\":\"x\\/\\\"\\u00e4\u00f6\" } "))
                .isEqualTo(new Json.Members(Map.of(
                        "a",
                        new Json.Elements(List.of(
                                new Json.Numeral("1"),
                                new Json.Numeral("-2.5e+3"),
                                new Json.Literal("true"),
                                new Json.Literal("null"),
                                new Json.Elements(List.of()),
                                new Json.Members(Map.of()))),
                        "b",
                        new Json.Text("x/\"\u00e4\u00f6"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}}",
                "{} {}",
                "[1,]",
                "[1 2]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "\"a",
                "\"a\\",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "0x1",
                "NaN",
                "True",
                "nul",
                "[[[[[[[[[1]]]]]]]]]"
            })
    void anything_else_is_not_json(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_not_json() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON is not UTF-8");
    }

    @Test
    void a_broken_text_never_fails_in_another_way() {
        byte[] whole =
                "{\"attest\":\"A\",\"dest\":{\"tn\":[\"1\\u0041\"]},\"iat\":1.5e3,\"x\":[true,null]}".getBytes(UTF_8);
        var random = new Random(8225);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                JsonReader.read(Arrays.copyOf(broken, random.nextInt(broken.length + 1)));
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static Json read(String text) {
        return JsonReader.read(text.getBytes(UTF_8));
    }
}
