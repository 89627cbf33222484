package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Text that wants to become a header of its own, tried through every field of a start: it is refused with what was
/// expected, or the call that follows has the header lines that any call has.
@DisplayNameGeneration(ReplaceUnderscores.class)
class InjectionSystemTest {

    private static final List<String> EVIL = List.of(
            "\r\nX-Evil: 1",
            "\nX-Evil: 1",
            "\rX-Evil: 1",
            "\r\n\r\nX-Evil",
            "\0X-Evil",
            "\tX-Evil",
            "\u010d\u010aX-Evil: 1",
            "\u2028X-Evil: 1",
            "\ud800X-Evil",
            "%0d%0aX-Evil:%201",
            "\";X-Evil=\"",
            ">;X-Evil=1;x=<sip:a",
            ";X-Evil=1",
            "@X-Evil",
            "?X-Evil=1",
            " X-Evil",
            "éX-Evil",
            "X-Evil".repeat(2_000));

    /// Each field of a start that is text, and a good value for it.
    private static final Map<String, Object> FIELDS = Map.of(
            "to", "+447400123456",
            "purpose", "login",
            "user_reference", "user-1",
            "language", "en",
            "email", "user@shop.example",
            "requested_code", "1234",
            "channels", List.of("flash_call", "sms"),
            "transaction", Map.of("amount", "12"));

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
            "Content-Length");

    @Test
    void through_every_field_of_a_start(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "ring:pdd=5ms")) {
            int phone = 0;
            int started = 0;
            for (var field : FIELDS.keySet().stream().sorted().toList()) {
                for (var evil : EVIL) {
                    for (var value : spoiled(FIELDS.get(field), evil).toList()) {
                        var start = new LinkedHashMap<String, Object>();
                        start.put("to", "+44740012%04d".formatted(phone++));
                        start.put("purpose", "login");
                        start.put(field, value);
                        var answer = stage.answer("/v1/verifications", Stage.JSON.writeValueAsString(start));
                        if (answer.statusCode() == 201) {
                            started++;
                        } else {
                            assertThat(answer.statusCode())
                                    .as("%s: %s", field, answer.body())
                                    .isBetween(400, 499);
                            assertThat(answer.body()).as("what was wrong").contains("\"detail\"");
                        }
                    }
                }
            }
            int calls = started;
            assertThat(calls).as("fields that take any text").isPositive();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> stage.carrier().counters().requests().invites() >= calls);
            assertThat(stage.wire.stream().filter(line -> !line.sent()))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.text()).doesNotContain("X-Evil");
                        var head = line.text().substring(0, line.text().indexOf("\r\n\r\n"));
                        assertThat(Stream.of(head.split("\r\n|\r|\n", -1))
                                        .skip(1)
                                        .map(header -> header.replaceFirst("(?s):.*", "")))
                                .isSubsetOf(OURS)
                                .doesNotHaveDuplicates();
                    });
            assertThat(stage.carrier().violations()).isEmpty();
        }
    }

    private static Stream<Object> spoiled(Object good, String evil) {
        return switch (good) {
            case List<?> names -> Stream.of(List.of(names.getFirst() + evil), List.of(evil));
            case Map<?, ?> _ -> Stream.of(Map.of("a" + evil, evil));
            default -> Stream.of(good + evil, evil + good, evil);
        };
    }
}
