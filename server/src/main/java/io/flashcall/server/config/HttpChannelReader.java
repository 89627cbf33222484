package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Answers;
import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.verification.ChannelName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an entry of `channels` of `type: http`.
///
/// @param publicUrl how the service is reached from outside
record HttpChannelReader(Optional<String> publicUrl) {

    private static final Kind<int[]> STATUS =
            Kind.of("a status such as 201, or two: 200-299", HttpChannelReader::status);
    private static final Kind<String> POINTER =
            Kind.matching("a JSON pointer such as /messages/0/status", Pattern.compile("(?:/[^\\p{Cntrl}]*)+"));
    private static final Kind<Duration> TIMEOUT = Kind.between(Duration.ofMillis(100), Duration.ofSeconds(60));
    private static final Kind<String> NONE = Kind.oneOf(List.of("none", "false"));
    private static final String RECEIPTS = "receipts";

    Optional<HttpChannelConfig> read(ChannelName name, Section section) {
        var constants = new HashMap<>(HttpRequestReader.constants(section));
        var receipts = receipts(name, section, new HashMap<>(constants));
        constants.put(
                HttpChannelConfig.RECEIPT_URL,
                receipts.flatMap(ReceiptRule::url).orElse(""));
        var request = HttpRequestReader.read(section, constants);
        var answers = answers(section);
        var texts = TextsReader.read(section, "messages", TextsReader.USUAL_MESSAGE, HttpChannelConfig.MESSAGE_VALUES);
        var price = section.optional("price", Kind.PRICE);
        return request.map(ask -> new HttpChannelConfig(name, ask, answers, texts, price, receipts));
    }

    private Optional<ReceiptRule> receipts(ChannelName name, Section section, HashMap<String, String> constants) {
        if (!section.has(RECEIPTS)) {
            return Optional.empty();
        }
        if (section.isScalar(RECEIPTS)) {
            section.optional(RECEIPTS, NONE.expecting("keys and values, or none"));
            return Optional.empty();
        }
        return section.section(RECEIPTS, new ReceiptRuleReader(name, publicUrl, constants)::read);
    }

    private static Answers answers(Section section) {
        var timeout = section.value("timeout", TIMEOUT, Duration.ofSeconds(10));
        return section.section(
                "success", success -> new Answers(success(success), success.optional("message_id", POINTER), timeout));
    }

    private static SuccessRule success(Section section) {
        var standard = SuccessRule.ANY_2XX;
        var status = section.value("status", STATUS, new int[] {standard.minStatus(), standard.maxStatus()});
        var pointer = section.optional("pointer", POINTER);
        var expected = section.optional("equals", Kind.TEXT);
        if (expected.isPresent() && pointer.isEmpty() && !section.has("pointer")) {
            section.refuse("equals", "only with pointer");
        }
        return new SuccessRule(status[0], status[1], pointer, expected);
    }

    private static int[] status(String text) {
        var parts = text.split("-", 2);
        int[] range = {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[parts.length - 1].strip())};
        if (range[0] < 200 || range[1] > 599 || range[0] > range[1]) {
            throw new BadValueException(text, "200 to 599");
        }
        return range;
    }
}
