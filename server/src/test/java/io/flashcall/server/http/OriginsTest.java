package io.flashcall.server.http;

import static io.flashcall.server.http.ApiScene.BANK_ORIGIN;
import static io.flashcall.server.http.ApiScene.SHOP_ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flashcall.server.http.access.Origins;
import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.message.Body;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Problem;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OriginsTest {

    private static final ApiScene SCENE = new ApiScene();
    private static final String START = "/v1/verifications";
    private static final String TO = "{\"to\": \"+447700900123\"}";

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @Test
    void a_preflight_is_allowed_when_any_app_lists_the_origin() {
        var allowed = preflight(SHOP_ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(SHOP_ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(allowed.header("Access-Control-Allow-Headers"))
                .contains("Authorization", "Flashcall-Client-Secret", "Idempotency-Key");
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(preflight("https://evil.example").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void a_page_of_the_keys_own_app_may_read_the_answer() {
        var answer = post(SCENE.publishable, SHOP_ORIGIN).is(201);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SHOP_ORIGIN);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("Retry-After");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void a_page_of_another_app_may_do_nothing_with_the_key() {
        int before = SCENE.verifications.asked.size();
        var answer = post(SCENE.publishable, BANK_ORIGIN).is(Problem.ORIGIN_NOT_ALLOWED);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(SCENE.verifications.asked).hasSize(before);
    }

    @Test
    void a_page_may_read_why_it_was_refused() {
        var wrong = SCENE.client
                .post(START, SCENE.publishable, "{}", Map.of("Origin", SHOP_ORIGIN))
                .is(Problem.INVALID_REQUEST);
        assertThat(wrong.header("Access-Control-Allow-Origin")).isEqualTo(SHOP_ORIGIN);
        var nobody =
                SCENE.client.post(START, "", TO, Map.of("Origin", SHOP_ORIGIN)).is(Problem.MISSING_KEY);
        assertThat(nobody.header("Access-Control-Allow-Origin")).isEqualTo(SHOP_ORIGIN);
    }

    @Test
    void an_admin_key_has_no_pages() {
        SCENE.client.get("/v1/apps", SCENE.admin, Map.of("Origin", SHOP_ORIGIN)).is(Problem.ORIGIN_NOT_ALLOWED);
    }

    @Test
    void our_own_documents_may_call_us() {
        var own = "http://127.0.0.1:" + SCENE.api.port();
        SCENE.client.get("/v1/apps", SCENE.admin, Map.of("Origin", own)).is(200);
    }

    @Test
    void our_own_documents_may_call_us_through_a_proxy_that_ends_tls() {
        var origins = new Origins(new Tenants(SCENE.tenants.keys, SCENE.tenants.apps));
        var headers = Map.of("origin", "https://api.flashcall.example", "host", "api.flashcall.example");
        var target = new Call.Target("GET", "/v1/apps", Map.of(), Map.of());
        var call = new Call("req_1", target, headers, Body.NONE, new Caller.Admin("key"), "192.0.2.1");
        assertThatCode(() -> origins.check(call)).doesNotThrowAnyException();
    }

    @Test
    void what_needs_no_key_needs_no_origin() {
        SCENE.client
                .get("/healthz", "", Map.of("Origin", "https://evil.example"))
                .is(200);
    }

    @Test
    void options_without_an_origin_tells_the_methods() {
        var answer = SCENE.client
                .checked(SCENE.client.request("OPTIONS", "/v1/apps/shop", ""))
                .is(204);
        assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, PUT");
    }

    private static Answer preflight(String origin) {
        var request = SCENE.client.request("OPTIONS", START, "");
        ApiClient.with(
                request,
                Map.of(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type"));
        return SCENE.client.checked(request).is(204);
    }

    private static Answer post(String key, String origin) {
        return SCENE.client.post(START, key, TO, Map.of("Origin", origin));
    }
}
