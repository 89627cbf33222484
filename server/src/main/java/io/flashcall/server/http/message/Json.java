package io.flashcall.server.http.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as the API reads and writes it: UTF-8, no duplicate keys, not deeply nested. Thread-safe.
public final class Json {

    /// How deep a body may be nested.
    public static final int DEEPEST = 16;

    private static final int LONGEST_NUMBER = 64;
    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// For people.
    public static String pretty(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /// @throws ProblemException when it is none
    public static JsonNode parse(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            // Its message quotes the body, and with it what may be a code.
            var place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Problem.BAD_JSON.with("The body stops being JSON" + place
                    + ". Texts and keys stand in double quotes, no comma follows the last one, no key comes twice, a"
                    + " number has no leading zero, and nothing is nested deeper than " + DEEPEST + " levels.");
        }
    }

    /// Reads what we wrote ourselves.
    public static JsonNode trusted(String text) {
        return MAPPER.readTree(text);
    }

    /// RFC 3339 in UTC, to the millisecond.
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /// Null where there is none.
    public static void put(ObjectNode node, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> node.put(name, text), () -> node.putNull(name));
    }

    /// Null where there is none.
    public static void putTime(ObjectNode node, String name, Optional<Instant> at) {
        put(node, name, at.map(Json::time));
    }

    private static JsonMapper mapper() {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
