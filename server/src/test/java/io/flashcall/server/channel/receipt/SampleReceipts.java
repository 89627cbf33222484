package io.flashcall.server.channel.receipt;

import io.flashcall.server.net.Answer.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What vendors send, written by us after what their documents say.
public final class SampleReceipts {

    private static final Path FILES = Path.of("src/test/resources/receipts");

    private SampleReceipts() {}

    /// What a vendor answers when it takes a message that it calls `MESSAGE-ID`; empty: it need not say anything.
    public static Optional<Answered> answer(String template) {
        return switch (template.replaceFirst("_.*", "")) {
            case "meta" -> answered(200, "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"MESSAGE-ID\"}]}");
            case "twilio" -> answered(201, "{\"sid\":\"MESSAGE-ID\",\"status\":\"queued\",\"error_code\":null}");
            case "infobip" ->
                answered(200, "{\"messages\":[{\"messageId\":\"MESSAGE-ID\",\"status\":{\"groupName\":\"PENDING\"}}]}");
            case "vonage" -> answered(202, "{\"message_uuid\":\"MESSAGE-ID\"}");
            default -> Optional.empty();
        };
    }

    private static Optional<Answered> answered(int status, String body) {
        return Optional.of(new Answered(status, Optional.empty(), body));
    }

    /// What a vendor reports: of `DELIVERED-ID`, then of `FAILED-ID`, and between them what is of no interest; by
    /// `REFERENCE` where it has no ids.
    static List<Post> of(String template) {
        try {
            var form = FILES.resolve(template + ".form");
            return Files.exists(form)
                    ? Files.readAllLines(form).stream()
                            .map(line -> post("application/x-www-form-urlencoded", line))
                            .toList()
                    : json(Files.readString(FILES.resolve(template + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One document, or one in each line.
    private static List<Post> json(String text) {
        var lines = text.lines().toList();
        boolean each = lines.stream().allMatch(line -> line.endsWith("}") || line.endsWith("]"));
        return (each ? lines : List.of(text))
                .stream().map(body -> post("application/json", body)).toList();
    }

    static Post post(String type, String body) {
        return new Post(
                Optional.empty(), Map.of("content-type", type), Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
