package io.flashcall.server.http.resource;

import io.flashcall.server.config.Codec;
import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.http.message.Body;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes what an operator may also declare in the configuration file: the same words, as JSON. Secrets are
/// shown as [#HIDDEN], and whoever sends that back keeps the one there is. Thread-safe.
///
/// @param codec   from and to text
/// @param key     the member that names it, such as `id`
/// @param derived members of answers that are no part of it
record Definition<T>(Codec<T> codec, String key, Set<String> derived) {

    static final String HIDDEN = "***";
    private static final String SECRET = "secret";

    /// @param name   from the path; empty: the body must have it
    /// @param before what there is under that name
    T read(Body body, Optional<String> name, Optional<T> before) {
        if (!(Json.parse(body.bytes()) instanceof ObjectNode node)) {
            throw Problem.INVALID_REQUEST.with("The body is JSON, but no object.");
        }
        derived.forEach(node::remove);
        if (name.isPresent()) {
            if (node.has(key)
                    && !node.get(key).equals(Json.object().put(key, name.get()).get(key))) {
                throw Problem.INVALID_REQUEST.with("“" + key + "” differs from the one in the path; leave it out.");
            }
            node.put(key, name.get());
        }
        before.ifPresent(known -> reveal(node, Json.trusted(codec.write(known))));
        try {
            return codec.read(Json.text(node));
        } catch (ConfigFileException e) {
            throw invalid(e.problems().stream()
                    .map(problem -> new Fault(pointer(problem.key()), problem.key() + ": " + problem.text()))
                    .toList());
        }
    }

    /// @param problems as the rules found them
    static void require(List<String> problems) {
        if (!problems.isEmpty()) {
            throw invalid(
                    problems.stream().map(problem -> new Fault("", problem)).toList());
        }
    }

    ObjectNode view(T value, boolean declared) {
        if (Json.trusted(codec.write(value)) instanceof ObjectNode node) {
            hide(node);
            return node.put("declared", declared);
        }
        throw new IllegalStateException("a definition is written as a JSON object");
    }

    private static RuntimeException invalid(List<Fault> faults) {
        return Problem.INVALID_DEFINITION.with(
                faults.size() == 1
                        ? faults.getFirst().detail()
                        : faults.size() + " problems: see errors. The first: "
                                + faults.getFirst().detail(),
                faults);
    }

    /// `purposes.login.channels[2]` as a JSON pointer.
    private static String pointer(String key) {
        return key.isEmpty() ? "" : "/" + key.replace("]", "").replace('[', '/').replace('.', '/');
    }

    private static void hide(JsonNode node) {
        if (node instanceof ObjectNode object && object.has(SECRET)) {
            object.put(SECRET, HIDDEN);
        }
        node.forEach(Definition::hide);
    }

    private static void reveal(JsonNode node, JsonNode known) {
        if (node instanceof ObjectNode object) {
            var secret = object.get(SECRET);
            if (secret != null && secret.isString() && secret.stringValue().equals(HIDDEN) && known.has(SECRET)) {
                object.set(SECRET, known.get(SECRET));
            }
            object.properties().forEach(member -> reveal(member.getValue(), known.path(member.getKey())));
        }
    }
}
