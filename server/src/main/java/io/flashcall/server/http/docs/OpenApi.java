package io.flashcall.server.http.docs;

import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The API's description, OpenAPI 3.1: the file that we wrote, and in it the catalogue of problems.
final class OpenApi {

    private static final YAMLMapper YAML = new YAMLMapper();

    private OpenApi() {}

    static byte[] document() {
        if (YAML.readTree(Files.text("openapi.yaml")) instanceof ObjectNode document) {
            var types = document.withObject("/components/schemas/Problem/properties/type");
            var names = types.putArray("enum");
            Arrays.stream(Problem.values()).map(Problem::path).forEach(names::add);
            return Json.bytes(document);
        }
        throw new IllegalStateException("openapi.yaml is no mapping");
    }
}
