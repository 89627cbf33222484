package io.flashcall.server.http.docs;

import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The API's description, OpenAPI 3.1: the file that we wrote, and in it the catalogue of problems.
final class OpenApi {

    // Where the file notes which status a response is for.
    private static final String STATUS = "x-status";

    private static final YAMLMapper YAML = new YAMLMapper();

    private OpenApi() {}

    static byte[] document() {
        if (YAML.readTree(Files.text("openapi.yaml")) instanceof ObjectNode document) {
            var types = document.withObject("/components/schemas/Problem/properties/type");
            var names = types.putArray("enum");
            Arrays.stream(Problem.values()).map(Problem::path).forEach(names::add);
            document.withObject("/components/responses").forEach(OpenApi::addExamples);
            return Json.bytes(document);
        }
        throw new IllegalStateException("openapi.yaml is no mapping");
    }

    /// Each refusal shows what it looks like, problem by problem.
    private static void addExamples(JsonNode node) {
        if (node instanceof ObjectNode response) {
            int status = response.path(STATUS).intValue();
            var examples = response.withObject("/content/application~1problem+json/examples");
            for (var problem : Problem.values()) {
                if (problem.status() == status) {
                    examples.putObject(problem.slug())
                            .set("value", problem.plain().body("req_3f1c9a7e5d"));
                }
            }
            response.remove(STATUS);
        }
    }
}
