package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// An answer of the API, with what tests want to say of one.
record Answer(String method, String path, HttpResponse<String> response) {

    int status() {
        return response.statusCode();
    }

    String body() {
        return response.body();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
        return Json.trusted(body());
    }

    /// The text at a JSON pointer, empty where there is none.
    String at(String pointer) {
        var node = json().at(pointer);
        return node.isNull() || node.isMissingNode() ? "" : node.asString();
    }

    Answer is(int status) {
        assertThat(status()).as("%s %s answered %s", method, path, body()).isEqualTo(status);
        return this;
    }

    Answer is(Problem problem) {
        assertThat(header("Content-Type")).as(body()).isEqualTo("application/problem+json");
        assertThat(at("/type")).as(body()).isEqualTo(problem.path());
        return is(problem.status());
    }

    Answer says(String... parts) {
        assertThat(body()).contains(parts);
        return this;
    }
}
