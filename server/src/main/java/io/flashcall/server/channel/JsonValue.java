package io.flashcall.server.channel;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Single values of a provider's JSON.
final class JsonValue {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonValue() {}

    /// A text, number or boolean that is there; empty when it is not, or the text is no JSON.
    static Optional<String> text(String json, String pointer) {
        return at(json, pointer)
                .filter(JsonNode::isValueNode)
                .map(value -> value.asString(""))
                .filter(value -> !value.isEmpty());
    }

    /// Whatever is there, but not `null`.
    static Optional<JsonNode> at(String json, String pointer) {
        try {
            return Optional.of(JSON.readTree(json).at(JsonPointer.compile(pointer)))
                    .filter(value -> !value.isMissingNode() && !value.isNull());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
