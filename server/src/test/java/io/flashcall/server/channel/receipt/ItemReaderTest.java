package io.flashcall.server.channel.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.channel.VendorTemplates;
import io.flashcall.server.config.ReceiptRule;
import io.flashcall.server.config.ReceiptRule.Fields;
import io.flashcall.server.config.ReceiptRule.Proof;
import io.flashcall.server.config.ReceiptRule.States;
import io.flashcall.verification.Receipt.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemReaderTest {

    static Stream<String> names() {
        return VendorTemplates.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_each_vendor_reports_is_understood(String name) {
        var reader = new ItemReader(VendorTemplates.channel(name).receipts().orElseThrow());

        var items = SampleReceipts.of(name).stream()
                .flatMap(post -> io.flashcall.server.channel.receipt.Fields.tree(post).stream())
                .flatMap(tree -> reader.read(tree).stream())
                .toList();

        assertThat(items).extracting(Item::state).containsExactly(State.DELIVERED, State.FAILED);
        if (name.equals("generic")) {
            assertThat(items).extracting(Item::reference).containsOnly(Optional.of("REFERENCE"));
        } else {
            assertThat(items)
                    .extracting(Item::id)
                    .containsExactly(Optional.of("DELIVERED-ID"), Optional.of("FAILED-ID"));
        }
        assertThat(items.toString()).doesNotContain("7700", "1632");
    }

    @Test
    void whatever_has_another_form_is_passed_over() {
        for (var text : List.of(
                "7",
                "\"text\"",
                "null",
                "[]",
                "{}",
                "[[]]",
                "{\"items\":7}",
                "{\"items\":{\"a\":{\"id\":\"x\"}}}",
                "{\"items\":[{\"id\":\"x\",\"status\":{\"a\":1}},{\"id\":[1],\"status\":\"ok\"},{\"status\":\"ok\"},"
                        + "{\"id\":\"\",\"status\":\"ok\"},{\"id\":\"x\",\"status\":\"new word\"}]}")) {
            assertThat(reader("/items").read(JsonMapper.shared().readTree(text)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void words_are_known_in_any_case_and_numbers_are_words_too() {
        var items = reader("/items").read(JsonMapper.shared().readTree("""
                        {"items": [{"id": 1, "status": "OK"}, {"id": "b", "status": 404}, {"id": "c", "status": "Maybe"}]}"""));

        assertThat(items)
                .containsExactly(
                        new Item(Optional.of("1"), Optional.empty(), State.DELIVERED, "OK"),
                        new Item(Optional.of("b"), Optional.empty(), State.FAILED, "404"),
                        new Item(Optional.of("c"), Optional.empty(), State.UNKNOWN, "Maybe"));
    }

    @Test
    void a_detail_is_short_and_holds_no_number() {
        var items = reader("/items").read(JsonMapper.shared().readTree("""
                {"items": [{"id": "a", "status": "ok", "why": "to +44 7700 900123\\nand 447700900123 code 482913 error 27 %s"}]}""".formatted("x".repeat(200))));

        assertThat(items.getFirst().detail())
                .startsWith("ok to … and … code … error 27 xxx")
                .hasSizeLessThan(90);
    }

    private static ItemReader reader(String items) {
        return new ItemReader(new ReceiptRule(
                new Fields(Optional.of(items), Optional.of("/id"), Optional.empty(), "/status", Optional.of("/why")),
                new States(Set.of("ok"), Set.of("404"), Set.of("maybe")),
                List.of(new Proof.SecretPath("x")),
                Optional.empty(),
                Optional.empty()));
    }
}
