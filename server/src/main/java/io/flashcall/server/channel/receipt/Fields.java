package io.flashcall.server.channel.receipt;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads whatever a provider sent as one tree.
final class Fields {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Fields() {}

    /// Empty when it is neither a form nor JSON, and there is no query either.
    static Optional<JsonNode> tree(Post post) {
        if (post.body().length == 0) {
            return post.query().isEmpty() ? Optional.empty() : Optional.of(JSON.valueToTree(post.query()));
        }
        if (post.isForm()) {
            return Optional.of(JSON.valueToTree(form(post.text())));
        }
        try {
            return Optional.of(JSON.readTree(post.text()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Sorted by name.
    static Map<String, String> form(String text) {
        var fields = new TreeMap<String, String>();
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
