package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each mistake of a newcomer is answered with what to do instead.
@DisplayNameGeneration(ReplaceUnderscores.class)
class MistakesTest {

    private static final ApiScene SCENE = new ApiScene();
    private static final String START = "/v1/verifications";
    private static final String TO = "{\"to\": \"+447700900123\"}";

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @Test
    void no_key() {
        var answer = SCENE.client.post(START, "", TO).is(Problem.MISSING_KEY).says("Authorization: Bearer");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void basic_instead_of_bearer() {
        SCENE.client
                .get(START, "", Map.of("Authorization", "Basic Zm9vOmJhcg=="))
                .is(Problem.MISSING_KEY);
    }

    @Test
    void a_key_that_was_not_copied_whole() {
        var half = SCENE.server.substring(0, 30);
        var answer = SCENE.client.post(START, half, TO).is(Problem.INVALID_KEY).says("Copy it whole");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(answer.body()).doesNotContain(half);
    }

    @Test
    void a_key_of_the_wrong_kind() {
        SCENE.client
                .get("/v1/apps", SCENE.server)
                .is(Problem.WRONG_SCOPE)
                .says("scope server", "use one of scope admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=", "?api_key=", "?access_token=", "?x=", "?client_secret=", "?", "/"})
    void a_key_in_the_url(String place) {
        SCENE.client
                .get(START + place + SCENE.server, SCENE.server)
                .is(Problem.CREDENTIAL_IN_URL)
                .says("Authorization: Bearer", "revoke");
    }

    @Test
    void no_json() {
        SCENE.client.post(START, SCENE.server, "{to: 1}").is(Problem.BAD_JSON).says("line 1, column");
        SCENE.client.post(START, SCENE.server, "to=%2B44").is(Problem.BAD_JSON);
        SCENE.client.post(START, SCENE.server, "[]").is(Problem.INVALID_REQUEST);
        SCENE.client
                .post(START, SCENE.server, "{\"to\": \"+44\", \"to\": \"+45\"}")
                .is(Problem.BAD_JSON);
        SCENE.client.post(START, SCENE.server, TO + " x").is(Problem.BAD_JSON);
    }

    @Test
    void json_that_is_nested_without_end() {
        SCENE.client
                .post(START, SCENE.server, "{\"to\":".repeat(5_000) + "1" + "}".repeat(5_000))
                .is(Problem.BAD_JSON)
                .says("deeper");
    }

    @Test
    void a_code_without_quotes() {
        SCENE.client
                .post(SCENE.started().path() + "/check", SCENE.server, "{\"code\": 123456}")
                .is(Problem.INVALID_REQUEST)
                .says("in quotes");
        SCENE.client
                .post(SCENE.started().path() + "/check", SCENE.server, "{\"code\": 0123}")
                .is(Problem.BAD_JSON)
                .says("leading zero");
    }

    @Test
    void a_field_that_is_misspelt() {
        var answer = SCENE.client
                .post(START, SCENE.server, "{\"too\": \"+447700900123\", \"codeLength\": 4}")
                .is(Problem.INVALID_REQUEST)
                .says("“to” is missing", "did you mean “to”?\"", "did you mean “code_length”?\"");
        assertThat(answer.json().at("/errors").size()).isEqualTo(3);
        assertThat(answer.at("/errors/1/pointer")).isEqualTo("/too");
    }

    @Test
    void fields_of_the_wrong_type() {
        SCENE.client
                .post(START, SCENE.server, """
                        {"to": 447700900123, "code_length": "4", "channels": "sms", "transaction": "x", "ttl_seconds": 1.5,
                         "purpose": "Sign Up", "language": "english please", "user_reference": "", "checks": 0}""")
                .is(Problem.INVALID_REQUEST)
                .says("/to", "/code_length", "/channels", "/transaction", "/ttl_seconds", "/purpose", "/language")
                .says("/user_reference", "/checks");
    }

    @Test
    void a_number_without_country_code() {
        var answer = SCENE.client
                .post(START, SCENE.server, "{\"to\": \"07700 900123\"}")
                .is(Problem.NUMBER_REFUSED)
                .says("with + and country code");
        assertThat(answer.at("/reason")).isEqualTo("no_region");
        assertThat(answer.body()).doesNotContain("07700");
    }

    @Test
    void a_requested_code_with_a_publishable_key() {
        SCENE.client
                .post(START, SCENE.publishable, "{\"to\": \"+447700900123\", \"requested_code\": \"4711\"}")
                .is(Problem.INVALID_REQUEST)
                .says("server key");
    }

    @Test
    void get_instead_of_post() {
        var answer = SCENE.client
                .get(SCENE.started().path() + "/check", SCENE.server)
                .is(Problem.METHOD_NOT_ALLOWED)
                .says("use POST");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    void a_path_that_is_misspelt() {
        SCENE.client
                .post("/v1/verification", SCENE.server, TO)
                .is(Problem.UNKNOWN_PATH)
                .says("did you mean /v1/verifications");
        SCENE.client
                .post(START + "/", SCENE.server, TO)
                .is(Problem.UNKNOWN_PATH)
                .says("slash");
        SCENE.client.get("/whatever", "").is(Problem.UNKNOWN_PATH).says("/docs");
    }

    @Test
    void the_content_type_of_curl() {
        SCENE.client
                .post(START, SCENE.server, TO, Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .is(Problem.WRONG_CONTENT_TYPE)
                .says("-H 'Content-Type: application/json'");
        SCENE.client
                .post(START, SCENE.server, TO, Map.of("Content-Type", "application/json; charset=utf-8"))
                .is(201);
    }

    @Test
    void a_body_that_is_too_long() {
        for (int size : List.of(70_000, 1_000_000)) {
            var long_ = "{\"to\": \"" + "4".repeat(size) + "\"}";
            SCENE.client
                    .post(START, SCENE.server, long_)
                    .is(Problem.BODY_TOO_LONG)
                    .says("65536");
            var chunked = SCENE.client
                    .request("POST", START, SCENE.server)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(long_.getBytes(StandardCharsets.UTF_8))));
            SCENE.client.checked(chunked).is(Problem.BODY_TOO_LONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=many", "status=done", "to=0770", "after=x", "app=A!", "x=1"})
    void a_parameter_that_cannot_be(String query) {
        SCENE.client
                .get(START + "?" + query, SCENE.admin)
                .is(Problem.INVALID_PARAMETER)
                .says("“" + query.substring(0, query.indexOf('=')) + "”");
    }

    @Test
    void a_verification_that_is_not_there() {
        SCENE.client.get(START + "/ver_0", SCENE.server).is(Problem.NOT_FOUND);
    }

    @Test
    void a_verification_that_has_expired() {
        var session = SCENE.started();
        SCENE.now = SCENE.now.plusSeconds(121);
        SCENE.verifications.apply(session.session(), new SessionEvent.TimePassed());
        SCENE.client
                .post(session.path() + "/check", SCENE.server, "{\"code\": \"0123\"}")
                .is(Problem.SESSION_OVER)
                .says("has expired", "Start a new one", "\"verification_status\":\"expired\"");
    }

    @Test
    void a_fault_of_ours_tells_its_request_id_and_nothing_else() {
        SCENE.verifications.fault = Optional.of(new IllegalStateException("secret detail"));
        var answer = SCENE.client
                .post(START, SCENE.server, TO, Map.of("X-Request-Id", "trace-42"))
                .is(Problem.INTERNAL_ERROR);
        assertThat(answer.at("/request_id")).isEqualTo("trace-42");
        assertThat(answer.body()).doesNotContain("secret detail", "Exception");
    }

    @Test
    void request_ids_are_taken_over_when_they_are_fit_for_a_log() {
        assertThat(SCENE.client
                        .get("/healthz", "", Map.of("X-Request-Id", "abc-1"))
                        .header("X-Request-Id"))
                .isEqualTo("abc-1");
        for (var bad : List.of("a b", "x".repeat(129), "+447700900123", SCENE.server)) {
            assertThat(SCENE.client
                            .get("/healthz", "", Map.of("X-Request-Id", bad))
                            .header("X-Request-Id"))
                    .startsWith("req_");
        }
    }

    @Test
    void a_revoked_key_is_worth_nothing_at_once() {
        var text = SCENE.key(Scope.SERVER, Optional.of(ApiScene.SHOP));
        SCENE.client.get(START, text).is(200);
        var id = KeyText.parse(text).orElseThrow().id();
        SCENE.client.delete("/v1/keys/" + id, SCENE.admin).is(204);
        SCENE.client.get(START, text).is(Problem.INVALID_KEY);
    }

    /// What no HTTP client sends.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /v1/verifications HTTP/1.1\r\n\r\n",
                "GET /v1/verifications HTTP/3.0\r\nHost: x\r\n\r\n",
                "POST /v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "GET /v1/verifications?a=%ZZ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /<script> HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void what_is_hardly_http_is_refused_as_a_problem_too(String request) throws IOException {
        var answer = raw(request);
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "/docs/problems/", "req_");
        assertThat(answer).doesNotContain("<script>", "Exception", "helidon");
    }

    @Test
    void a_body_that_does_not_come_is_given_up() throws IOException {
        var settings = new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                HttpSettings.USUAL_BODY_LIMIT,
                Duration.ofMillis(200),
                10,
                false);
        try (var scene = new ApiScene(settings)) {
            var answer = raw(
                    scene.api.port(),
                    "POST /v1/verifications HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + scene.server
                            + "\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{\"to\"");
            assertThat(answer).startsWith("HTTP/1.1 408").contains("request-too-slow");
        }
    }

    @Test
    void too_many_requests_at_once() {
        var settings = new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(),
                HttpSettings.USUAL_BODY_LIMIT,
                Duration.ofSeconds(5),
                1,
                false);
        try (var scene = new ApiScene(settings)) {
            scene.verifications.meanwhile = () -> {
                var answer = scene.client.get("/healthz", "").is(Problem.OVERLOADED);
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            };
            scene.client.post(START, scene.server, TO).is(201);
            scene.client.get("/healthz", "").is(200);
        }
    }

    private static String raw(String request) throws IOException {
        return raw(SCENE.api.port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var in = socket.getInputStream();
            var answer = new StringBuilder();
            var piece = new byte[8192];
            // Until the body's end, whether or not the connection stays open.
            while (!answer.toString().contains("request_id\":\"")) {
                int count = in.read(piece);
                if (count < 0) {
                    break;
                }
                answer.append(new String(piece, 0, count, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
