package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DocsTest {

    private static final ApiScene SCENE = new ApiScene();
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_has_a_page(Problem problem) {
        var page = SCENE.client.get(problem.path(), "").is(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        page.says("What to do instead", problem.slug(), "request_id");
        assertThat(problem.remedy()).isNotBlank().endsWith(".");
        assertThat(problem.cause()).endsWith(".");
    }

    @Test
    void every_problem_stands_in_the_description() {
        var types = new ArrayList<String>();
        SCENE.client
                .contract()
                .document()
                .at("/components/schemas/Problem/properties/type/enum")
                .forEach(type -> types.add(type.asString()));
        for (var problem : Problem.values()) {
            assertThat(types).contains(problem.path());
            var responses = SCENE.client.contract().document().at("/components/responses");
            assertThat(responses.toString()).contains(problem.slug());
            assertThat(responses.findValue(problem.slug()).at("/value/type").asString(""))
                    .isEqualTo(problem.path());
        }
    }

    @Test
    void no_link_of_the_documents_is_dead() {
        for (var path : List.of("/docs", "/docs/api", "/docs/problems", "/docs/problems/bad-json")) {
            var page = SCENE.client.get(path, "").is(200);
            var links = LINK.matcher(page.body());
            while (links.find()) {
                assertThat(SCENE.client
                                .checked(SCENE.client.request("HEAD", links.group(1), ""))
                                .status())
                        .as(path + " → " + links.group(1))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void pages_load_nothing_from_elsewhere() {
        var page = SCENE.client.get("/docs/api", "").is(200);
        assertThat(page.body()).doesNotContain("https://", "http://");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        var script = SCENE.client
                .checked(SCENE.client.request("HEAD", "/docs/assets/swagger-ui-bundle.js", ""))
                .is(200);
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
    }

    @Test
    void whoever_opens_the_server_in_a_browser_is_led_to_the_documents() {
        assertThat(SCENE.client.get("/", "").is(302).header("Location")).isEqualTo("/docs");
    }

    @Test
    void files_are_served_by_name_alone() {
        SCENE.client.get("/docs/assets/start.html", "").is(Problem.NOT_FOUND);
        SCENE.client.get("/docs/assets/..", "").is(404);
        SCENE.client.get("/docs/problems/nothing", "").is(Problem.NOT_FOUND);
    }

    @Test
    void every_reference_of_the_description_leads_somewhere() {
        var document = SCENE.client.contract().document();
        assertThat(document.at("/openapi").asString()).startsWith("3.1");
        var references = new ArrayList<String>();
        collect(document, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void every_operation_has_a_name_of_its_own() {
        var document = SCENE.client.contract().document();
        assertThat(document.findValuesAsString("operationId"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(40);
    }

    @Test
    void examples_of_requests_fit_their_schemas() {
        var document = SCENE.client.contract().document();
        for (var path : document.at("/paths").properties()) {
            var content = path.getValue().at("/post/requestBody/content/application~1json");
            var schema = content.at("/schema/$ref").asString("");
            content.at("/examples")
                    .forEach(example -> SCENE.client
                            .contract()
                            .fits(schema.substring(1), example.get("value").toString()));
        }
    }

    @Test
    void webhooks_are_described() {
        var names = SCENE.client.contract().document().at("/webhooks").propertyNames();
        assertThat(names).contains("verification.verified", "call.ringing", "channel.fallback", "webhook.test");
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> collect(child, references));
    }
}
