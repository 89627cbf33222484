package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.ReloadReport.Kind;
import io.flashcall.engine.ReloadReport.TrunkChange;
import io.flashcall.engine.TrunkStatus;
import io.flashcall.engine.TrunkStatus.GateStatus;
import io.flashcall.engine.TrunkStatus.HostStatus;
import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.http.message.Problem;
import io.flashcall.verification.App;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AdministrationTest {

    private static final String SECRET = "whsec_" + "QUJD".repeat(10);

    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void an_app_is_made_changed_and_deleted_in_the_words_of_the_configuration_file() {
        var made =
                post("/v1/apps", "{\"id\": \"news\", \"title\": \"The News\"}").is(201);
        assertThat(made.header("Location")).isEqualTo("/v1/apps/news");
        assertThat(made.at("/declared")).isEqualTo("false");
        var changed = put("/v1/apps/news", "{\"title\": \"The News\", \"cors_origins\": [\"https://news.example\"]}")
                .is(200);
        assertThat(changed.at("/cors_origins/0")).isEqualTo("https://news.example");
        assertThat(kept(new AppId("news")).access().corsOrigins()).containsExactly("https://news.example");
        delete("/v1/apps/news").is(204);
        get("/v1/apps/news").is(Problem.NOT_FOUND);
        put("/v1/apps/news", "{}").is(201);
    }

    @Test
    void what_get_returns_may_be_put_back() {
        var before = get("/v1/apps/shop").is(200);
        var after = put("/v1/apps/shop", before.body()).is(200);
        assertThat(after.json()).isEqualTo(before.json());
        var pool = get("/v1/pools/uk").is(200);
        assertThat(put("/v1/pools/uk", pool.body()).is(200).json()).isEqualTo(pool.json());
    }

    @Test
    void an_apps_secret_is_not_shown_and_stays_when_its_mask_comes_back() {
        var body = "{\"authorization\": {\"url\": \"https://shop.example/ask\", \"secret\": \"%s\"}}";
        var saved = put("/v1/apps/shop", body.formatted(SECRET)).is(200);
        assertThat(saved.body()).doesNotContain(SECRET);
        assertThat(saved.at("/authorization/secret")).isEqualTo("***");
        put("/v1/apps/shop", saved.body()).is(200);
        assertThat(kept(ApiScene.SHOP).access().authorization())
                .map(AuthorizationHook::secret)
                .contains(SECRET);
        put("/v1/apps/other", body.formatted("***")).is(Problem.INVALID_DEFINITION);
    }

    @Test
    void every_problem_of_a_definition_is_named() {
        var answer = post("/v1/apps", "{\"id\": \"news\", \"titel\": \"x\", \"max_guess_chance\": 7}")
                .is(Problem.INVALID_DEFINITION)
                .says("titel", "max_guess_chance");
        assertThat(answer.json().at("/errors").size()).as(answer.body()).isEqualTo(2);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/max_guess_chance");
    }

    @Test
    void an_app_that_does_not_fit_the_rest_of_the_configuration_is_refused() {
        scene.appProblems.add("the pool uk would need 5,400 numbers");
        post("/v1/apps", "{\"id\": \"news\"}").is(Problem.INVALID_DEFINITION).says("5,400 numbers");
        assertThat(scene.tenants.apps.all).doesNotContainKey(new AppId("news"));
    }

    @Test
    void what_the_configuration_file_declares_is_not_changed_here() {
        assertThat(get("/v1/apps/bank").is(200).at("/declared")).isEqualTo("true");
        put("/v1/apps/bank", "{}").is(Problem.DECLARED_IN_CONFIGURATION);
        delete("/v1/apps/bank").is(Problem.DECLARED_IN_CONFIGURATION);
        scene.pools.put("fixed", scene.pool("fixed"));
        put("/v1/pools/fixed", ApiScene.POOL).is(Problem.DECLARED_IN_CONFIGURATION);
        delete("/v1/pools/fixed").is(Problem.DECLARED_IN_CONFIGURATION);
    }

    @Test
    void a_name_that_is_taken_is_told() {
        post("/v1/apps", "{\"id\": \"shop\"}").is(Problem.ALREADY_EXISTS).says("PUT");
        post("/v1/pools", ApiScene.POOL).is(Problem.ALREADY_EXISTS);
        put("/v1/apps/news", "{\"id\": \"shop\"}").is(Problem.INVALID_REQUEST);
    }

    @Test
    void a_changed_app_counts_at_once() {
        start().is(201);
        delete("/v1/apps/shop").is(204);
        start().is(Problem.INVALID_KEY);
    }

    @Test
    void a_key_is_told_once_and_works_at_once() {
        var made = post("/v1/keys", "{\"scope\": \"server\", \"app\": \"shop\", \"name\": \"back end\"}")
                .is(201);
        var key = made.at("/key");
        scene.client.get("/v1/verifications", key).is(200);
        var listed = get("/v1/keys?limit=100").is(200);
        assertThat(listed.body())
                .doesNotContain(key, KeyText.parse(key).orElseThrow().hash());
        delete("/v1/keys/" + made.at("/id")).is(204);
        scene.client.get("/v1/verifications", key).is(Problem.INVALID_KEY);
        assertThat(get("/v1/keys/" + made.at("/id")).is(200).at("/revoked_at")).isEqualTo("2026-11-25T12:00:00Z");
    }

    @Test
    void a_key_needs_what_its_scope_needs() {
        post("/v1/keys", "{}").is(Problem.INVALID_REQUEST).says("“scope” is missing", "“name” is missing");
        post("/v1/keys", "{\"scope\": \"server\", \"name\": \"x\"}")
                .is(Problem.INVALID_REQUEST)
                .says("“app” is missing");
        post("/v1/keys", "{\"scope\": \"server\", \"app\": \"nope\", \"name\": \"x\"}")
                .is(Problem.INVALID_REQUEST)
                .says("names no app");
        post("/v1/keys", "{\"scope\": \"admin\", \"app\": \"shop\", \"name\": \"x\"}")
                .is(Problem.INVALID_REQUEST);
        post("/v1/keys", "{\"scope\": \"admin\", \"name\": \"x\"}").is(201);
    }

    @Test
    void lists_are_read_page_by_page() {
        for (int i = 0; i < 5; i++) {
            scene.key(Scope.SERVER, Optional.of(ApiScene.BANK));
        }
        var first = get("/v1/keys?app=bank&limit=4").is(200);
        var second = get("/v1/keys?app=bank&limit=4&after=" + first.at("/next")).is(200);
        // Five, and the two that the scene begins with.
        assertThat(first.json().at("/data").size() + second.json().at("/data").size())
                .isEqualTo(7);
        assertThat(second.json().at("/next").isNull()).isTrue();
    }

    @Test
    void a_pool_says_how_hard_its_codes_are_to_guess() {
        var pool = get("/v1/pools/uk").is(200);
        assertThat(pool.at("/numbers/0")).isEqualTo("+442079460000..+442079469999");
        assertThat(pool.at("/strength/0/code_length")).isEqualTo("4");
        assertThat(pool.at("/strength/0/distinct")).isEqualTo("10000");
        assertThat(pool.at("/strength/0/bits")).isEqualTo("13.29");
        assertThat(pool.json().at("/strength/0/guess_chance").asDouble()).isBetween(0.0008, 0.001);
    }

    @Test
    void a_pool_tells_which_of_its_numbers_networks_block_and_one_of_them_can_be_released() {
        scene.quarantine("+442079460007");
        scene.quarantine("+12025550123");

        var page = get("/v1/pools/uk/quarantine").is(200);
        assertThat(page.json().at("/data")).hasSize(1);
        assertThat(page.at("/data/0/number")).isEqualTo("+442079460007");
        assertThat(page.at("/data/0/until")).isEqualTo("2026-11-26T12:00:00Z");

        post("/v1/pools/uk/quarantine/release", "{\"number\": \"+442079460007\"}")
                .is(204);
        assertThat(scene.released).isOne();
        assertThat(get("/v1/pools/uk/quarantine").is(200).json().at("/data")).isEmpty();
    }

    @Test
    void a_number_that_is_not_in_quarantine_in_this_pool_is_not_released() {
        scene.quarantine("+12025550123");
        for (var number : List.of("+442079460007", "+12025550123")) {
            post("/v1/pools/uk/quarantine/release", "{\"number\": \"" + number + "\"}")
                    .is(Problem.NOT_FOUND);
        }
        post("/v1/pools/uk/quarantine/release", "{}").is(422);
        post("/v1/pools/uk/quarantine/release", "{\"number\": \"020 7946 0007\"}")
                .is(422);
        post("/v1/pools/paris/quarantine/release", "{\"number\": \"+12025550123\"}")
                .is(Problem.NOT_FOUND);
        assertThat(scene.released).isZero();
    }

    @Test
    void trunks_and_routes_are_to_be_read() {
        var trunks = get("/v1/trunks").is(200);
        assertThat(trunks.at("/data/0/name")).isEqualTo("carrier-a");
        assertThat(trunks.at("/data/0/flash_calls_allowed")).isEqualTo("true");
        assertThat(trunks.at("/data/0/health/reason")).isEqualTo("not registered");
        assertThat(trunks.at("/data/0/channels_in_use")).isEqualTo("3");
        assertThat(trunks.at("/data/0/hosts/0/state")).isEqualTo("down");
        assertThat(trunks.at("/data/0/hosts/0/reason")).isEqualTo("silent");
        assertThat(trunks.at("/data/0/hosts/0/user_agents_up")).isEqualTo("1");
        assertThat(trunks.at("/data/0/gate/backing_off")).isEqualTo("true");
        assertThat(trunks.at("/data/0/gate/withheld")).isEqualTo("0.25");
        assertThat(trunks.at("/data/0/registrations/0/user_agent")).isEqualTo("1");
        assertThat(trunks.at("/data/0/registrations/0/state")).isEqualTo("rejected");
        var routes = get("/v1/routes").is(200);
        assertThat(routes.at("/data/0/price/amount")).isEqualTo("0.004");
    }

    @Test
    void what_keeps_calls_from_getting_through_is_said_before_any_has_failed() {
        var up = new HostStatus("127.0.0.1:5070;transport=udp", "suspect", "silent", "", 1, 2);
        var down = new HostStatus("127.0.0.1:5072;transport=udp", "down", "unreachable", "TLS_EXPIRED (gone)", 0, 2);
        assertThat(health(standing(false, up, down))).isEqualTo("true ok");
        assertThat(health(standing(false, down, down))).isEqualTo("false none of its hosts is up");
        assertThat(health(standing(false))).as("not looked up yet").isEqualTo("true ok");
        assertThat(health(standing(true, up))).isEqualTo("false the carrier refuses our credentials");
    }

    private String health(TrunkStatus status) {
        scene.standing.clear();
        scene.standing.add(status);
        var trunks = get("/v1/trunks").is(200);
        return trunks.at("/data/0/health/up") + " " + trunks.at("/data/0/health/reason");
    }

    private static TrunkStatus standing(boolean rejected, HostStatus... hosts) {
        var config = ApiScene.standing(false, 0).config();
        return new TrunkStatus(config, false, 0, rejected, GateStatus.OPEN, List.of(), List.of(hosts));
    }

    @Test
    void a_trunk_is_listed_once_with_the_calls_that_it_had_before_a_reload() {
        scene.standing.add(ApiScene.standing(true, 2));
        scene.standing.add(ApiScene.standing(true, 1));
        var trunks = get("/v1/trunks").is(200);
        assertThat(trunks.json().at("/data").size()).isOne();
        assertThat(trunks.at("/data/0/leaving")).isEqualTo("false");
        assertThat(trunks.at("/data/0/draining_calls")).isEqualTo("3");
        scene.standing.removeFirst();
        assertThat(get("/v1/trunks").is(200).at("/data/0/leaving")).isEqualTo("true");
    }

    @Test
    void a_reload_says_what_it_has_done() {
        scene.reloaded = new Reloaded.Done(
                List.of(new TrunkChange("carrier-a", Kind.NEW_SECRETS), new TrunkChange("carrier-b", Kind.LEAVING)),
                true,
                List.of("uk"),
                List.of("limits"));
        var done = scene.client.post("/v1/reload", scene.admin, "{}").is(200);
        assertThat(done.at("/trunks/0/change")).isEqualTo("new_secrets");
        assertThat(done.at("/trunks/1/name")).isEqualTo("carrier-b");
        assertThat(done.at("/routes_changed")).isEqualTo("true");
        assertThat(done.at("/pools_changed/0")).isEqualTo("uk");
        assertThat(done.at("/need_restart/0")).isEqualTo("limits");
    }

    @Test
    void a_reload_that_is_refused_says_why_with_lines() {
        scene.reloaded = new Reloaded.Refused(List.of(
                new ConfigFileException.Problem(7, "routes[0].trunk", "carrier-c is not declared"),
                new ConfigFileException.Problem(0, "engine", "no such file")));
        var refused = scene.client.post("/v1/reload", scene.admin, "{}").is(Problem.CONFIGURATION_UNUSABLE);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("routes[0].trunk");
        assertThat(refused.at("/errors/0/detail")).isEqualTo("line 7: carrier-c is not declared");
        assertThat(refused.at("/errors/1/detail")).isEqualTo("no such file");
    }

    @Test
    void statistics_cover_a_day_unless_told_otherwise() {
        scene.figures.add(new Statistics.Row("GB", "carrier-a", "flash_call", 100, 90, 81, Duration.ofMillis(7300)));
        var day = get("/v1/stats").is(200);
        assertThat(day.at("/from")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(day.at("/data/0/conversion")).isEqualTo("0.81");
        assertThat(day.at("/data/0/time_to_verify_ms")).isEqualTo("7300");
        var month = get("/v1/stats?from=2026-11-01&to=2026-12-01T00:00:00Z&app=shop")
                .is(200);
        assertThat(month.at("/from")).isEqualTo("2026-11-01T00:00:00Z");
        get("/v1/stats?from=2026-12-01").is(Problem.INVALID_PARAMETER).says("before “to”");
        get("/v1/stats?from=yesterday").is(Problem.INVALID_PARAMETER);
    }

    @Test
    void health_readiness_and_metrics_need_no_key() {
        scene.client.get("/healthz", "").is(200);
        scene.client.get("/readyz", "").is(200);
        scene.client.get("/metrics", "").is(200).says("flashcall_up");
        scene.obstacles.add("no trunk is up");
        scene.client.get("/readyz", "").is(Problem.NOT_READY).says("no trunk is up");
        scene.client.get("/healthz", "").is(200);
    }

    private App kept(AppId id) {
        return scene.tenants.apps.find(id).orElseThrow();
    }

    private Answer start() {
        return scene.client.post("/v1/verifications", scene.server, "{\"to\": \"+447700900123\"}");
    }

    private Answer get(String path) {
        return scene.client.get(path, scene.admin);
    }

    private Answer post(String path, String body) {
        return scene.client.post(path, scene.admin, body);
    }

    private Answer put(String path, String body) {
        return scene.client.put(path, scene.admin, body);
    }

    private Answer delete(String path) {
        return scene.client.delete(path, scene.admin);
    }
}
