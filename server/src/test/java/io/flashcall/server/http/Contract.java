package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.flashcall.server.http.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document, as what every answer is held against: its status is documented, its content type too, and its
/// body fits the schema.
final class Contract {

    private static final String BASE = "https://flashcall.test/openapi.json";

    private final String text;
    private final JsonNode document;
    private final SchemaRegistry registry;

    Contract(String text) {
        // The document is no schema itself, and the validator says so of each of its members.
        ((Logger) LoggerFactory.getLogger("com.networknt")).setLevel(Level.ERROR);
        this.text = text;
        this.document = Json.trusted(text);
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, text)));
    }

    JsonNode document() {
        return document;
    }

    String text() {
        return text;
    }

    void check(Answer answer) {
        var template = template(answer.path());
        if (template.isEmpty() || operation(template.get(), answer.method()).isMissingNode()) {
            // Nothing is documented where there is nothing; what says so is a problem all the same.
            if (answer.status() >= 400) {
                fits("/components/schemas/Problem", answer);
            }
            return;
        }
        var where =
                "/paths/" + escaped(template.get()) + "/" + lower(answer.method()) + "/responses/" + answer.status();
        var response = resolved(where);
        assertThat(document.at(response).isMissingNode())
                .as(
                        "%s %s answers %s, which is not documented: %s",
                        answer.method(), template, answer.status(), answer.body())
                .isFalse();
        headers(response, answer);
        var content = document.at(response + "/content");
        if (content.isMissingNode()) {
            assertThat(answer.body()).as("%s has no body", response).isEmpty();
            return;
        }
        var type = answer.header("Content-Type").split(";", 2)[0];
        assertThat(content.has(type)).as("%s documents %s", response, type).isTrue();
        if (type.endsWith("json")) {
            fits(response + "/content/" + escaped(type) + "/schema", answer);
        }
    }

    /// Whether a JSON text fits a schema of the document.
    void fits(String pointer, String json) {
        Schema schema = registry.getSchema(SchemaLocation.of(BASE + "#" + pointer));
        var errors = schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s against %s", json, pointer).isEmpty();
    }

    /// Every method and template that the document has.
    List<String> operations() {
        var operations = new ArrayList<String>();
        for (var path : document.at("/paths").properties()) {
            for (var method : List.of("get", "put", "post", "delete")) {
                if (path.getValue().has(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    private void headers(String response, Answer answer) {
        var documented = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        document.at(response + "/headers").propertyNames().forEach(documented::add);
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        if (!answer.header("Retry-After").isEmpty() && answer.status() >= 429) {
            assertThat(documented).contains("Retry-After");
        }
    }

    private void fits(String pointer, Answer answer) {
        fits(pointer, answer.body());
    }

    private JsonNode operation(String template, String method) {
        return document.at("/paths/" + escaped(template) + "/" + lower(method));
    }

    private String resolved(String pointer) {
        var reference = document.at(pointer + "/$ref");
        return reference.isString() ? reference.asString().substring(1) : pointer;
    }

    private Optional<String> template(String path) {
        var names = document.at("/paths").propertyNames().stream().toList();
        if (names.contains(path)) {
            return Optional.of(path);
        }
        return names.stream()
                .filter(name -> path.matches(name.replaceAll("\\{[a-z]+}", "[^/]+")))
                .findFirst();
    }

    private static String lower(String method) {
        return method.toLowerCase(Locale.ROOT);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
