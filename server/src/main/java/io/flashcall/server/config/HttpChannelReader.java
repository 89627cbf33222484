package io.flashcall.server.config;

import io.flashcall.server.config.HttpChannelConfig.Request;
import io.flashcall.server.config.HttpChannelConfig.SuccessRule;
import io.flashcall.verification.ChannelName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads an entry of `channels` of `type: http`.
final class HttpChannelReader {

    private static final Kind<String> METHOD = Kind.oneOf(List.of("POST", "PUT", "GET"));
    private static final Kind<String> TEMPLATE_URL = new Kind<>(
            "a URL, https://HOST/PATH or http://HOST/PATH, with values such as {to} in its path or query alone",
            Kind.matching("", Pattern.compile("https?://[^\\s/?#@{}]+(?:[/?][^\\s#]*)?"))
                    .parser(),
            Kind.SECRET.mask());
    private static final Kind<String> CONTENT_TYPE = Kind.matching(
            "a content type such as application/json", Pattern.compile("[\\w.+-]+/[\\w.+-]+(?:; ?[\\w=-]+)*"));
    private static final Kind<int[]> STATUS =
            Kind.of("a status such as 201, or two: 200-299", HttpChannelReader::status);
    private static final Kind<String> POINTER =
            Kind.matching("a JSON pointer such as /messages/0/status", Pattern.compile("(?:/[^\\p{Cntrl}]*)+"));
    private static final Kind<Duration> TIMEOUT = Kind.between(Duration.ofMillis(100), Duration.ofSeconds(60));
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final String BODY = "body";
    private static final String MESSAGES = "messages";

    private HttpChannelReader() {}

    static Optional<HttpChannelConfig> read(ChannelName name, Section section) {
        var request = request(section);
        var success = section.section("success", HttpChannelReader::success);
        var timeout = section.value("timeout", TIMEOUT, Duration.ofSeconds(10));
        var texts = TextsReader.read(section, MESSAGES, TextsReader.USUAL_MESSAGE, HttpChannelConfig.MESSAGE_VALUES);
        var price = section.optional("price", Kind.PRICE);
        return request.map(ask -> new HttpChannelConfig(name, ask, success, texts, timeout, price));
    }

    private static Optional<Request> request(Section section) {
        var method = section.value("method", METHOD, "POST");
        var url = section.required("url", TEMPLATE_URL);
        var headers = section.values("headers", Kind.SECRET);
        var body = section.value(BODY, Kind.SECRET, "");
        var type = section.value("content_type", CONTENT_TYPE, "application/json");
        boolean allowPrivate = section.value("allow_private_addresses", Kind.FLAG, false);
        for (var name : headers.keySet()) {
            if (!HEADER.matcher(name).matches()) {
                section.tellOf("headers", Masking.mask(name) + " (expected: the name of an HTTP header)");
            }
        }
        url.ifPresent(text -> {
            TextsReader.places(section, "url", text, HttpChannelConfig.REQUEST_VALUES);
            headers.values()
                    .forEach(value -> TextsReader.places(section, "headers", value, HttpChannelConfig.REQUEST_VALUES));
            TextsReader.places(section, BODY, body, HttpChannelConfig.REQUEST_VALUES);
            checkUrl(section, text);
            checkUse(section, text + " " + body);
            checkJson(section, type, body);
        });
        return url.map(text -> new Request(method, text, headers, body, type, allowPrivate));
    }

    private static void checkUrl(Section section, String url) {
        try {
            URI.create(HttpChannelConfig.PLACE.matcher(url).replaceAll("0"));
        } catch (IllegalArgumentException e) {
            section.tellOf("url", "*** (expected: a URL whose characters are escaped, such as %20 for a space)");
        }
    }

    /// A request that names no number, or no code, is a mistake.
    private static void checkUse(Section section, String both) {
        var key = section.has(BODY) ? BODY : "url";
        if (!both.contains("{to}") && !both.contains("{digits}")) {
            section.tellOf(key, "no {to} and no {digits} (expected: whom to reach)");
        }
        if (!both.contains("{text}") && !both.contains("{code}")) {
            section.tellOf(key, "no {text} and no {code} (expected: what to send)");
        }
    }

    private static void checkJson(Section section, String type, String body) {
        if (!type.contains("json") || body.isEmpty()) {
            return;
        }
        var sample = HttpChannelConfig.PLACE.matcher(body).replaceAll("0");
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), sample)) {
            while (parser.nextToken() != null) {
                // Only whether it can be read counts.
            }
        } catch (JacksonException e) {
            section.tellOf(BODY, "not JSON (expected: JSON, or another content_type)");
        }
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
