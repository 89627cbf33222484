package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.server.Service;
import io.flashcall.server.Wiring;
import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole service, whose configuration file changes while it runs.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadSystemTest {

    private static final String NUMBERS = "+442079460000..+442079460999";
    private static final String OTHER_NUMBERS = "+442079470000..+442079470999";

    private final Carrier first = Carrier.start(CarrierConfig.loopback("ring:pdd=20ms"));
    private final Carrier second = Carrier.start(CarrierConfig.loopback("ring:pdd=20ms"));
    private final HttpClient client = HttpClient.newHttpClient();
    private Path file;
    private Service service;
    private String key;
    private String admin;

    @BeforeEach
    void starts(@TempDir Path folder) throws IOException {
        file = folder.resolve("server.yaml");
        write(trunk("one", first, NUMBERS), "one", NUMBERS, "");
        service = Wiring.start(ServerConfigReader.read(file, Map.of()), () -> ServerConfigReader.read(file, Map.of()));
        key = service.createKey(Scope.SERVER, Optional.of(new AppId("shop")), "test");
        admin = service.createKey(Scope.ADMIN, Optional.empty(), "test");
    }

    @AfterEach
    void ends() {
        service.close();
        first.close();
        second.close();
    }

    @Test
    void a_new_trunk_with_its_pool_and_route_takes_the_calls_and_the_former_leaves() throws Exception {
        verify("+441614960101");
        await().until(() -> first.counters().calls().ringing() == 1);
        write(trunk("two", second, OTHER_NUMBERS), "two", OTHER_NUMBERS, "");
        var done = reload(200);
        assertThat(done.at("/trunks").toString())
                .isEqualTo("[{\"name\":\"two\",\"change\":\"added\"},{\"name\":\"one\",\"change\":\"leaving\"}]");
        assertThat(done.at("/routes_changed").asBoolean()).isTrue();
        assertThat(done.at("/pools_changed").toString()).isEqualTo("[\"drama\"]");
        assertThat(done.at("/need_restart").toString()).isEqualTo("[]");

        var trunks = ask("GET", "/v1/trunks", admin, "", 200);
        assertThat(trunks.at("/data/0/name").asString()).isEqualTo("one");
        assertThat(trunks.at("/data/0/leaving").asBoolean()).isTrue();
        assertThat(trunks.at("/data/1/hosts/0/state").asString()).isEqualTo("up");
        verify("+441614960102");
        await().until(() -> second.counters().calls().ringing() == 1);
        assertThat(first.counters().requests().invites()).isOne();
        assertThat(first.violations()).isEmpty();
    }

    @Test
    void a_file_that_is_as_it_was_changes_nothing() throws Exception {
        var done = reload(200);
        assertThat(done.toString())
                .isEqualTo("{\"trunks\":[{\"name\":\"one\",\"change\":\"unchanged\"}],\"routes_changed\":false,"
                        + "\"pools_changed\":[],\"need_restart\":[]}");
    }

    @Test
    void a_bad_file_changes_nothing_and_says_where() throws Exception {
        write(trunk("one", second, NUMBERS), "one", NUMBERS, "");
        Files.writeString(file, Files.readString(file).replace("trunk: one, pool", "trunk: three, pool"));
        var refused = reload(422);
        assertThat(refused.at("/type").asString()).endsWith("configuration-unusable");
        assertThat(refused.at("/errors").toString())
                .contains("\"pointer\":\"routes[0].trunk\"", "line 10: three is not declared");
        Files.writeString(file, "listen: [\n");
        assertThat(reload(422).at("/errors/0/detail").asString()).startsWith("line ");
        Files.delete(file);
        assertThat(reload(422).at("/errors/0/detail").asString()).contains("not found");
        assertThat(ask("GET", "/v1/routes", admin, "", 200).at("/data/0/trunk").asString())
                .isEqualTo("one");
        verify("+441614960103");
        await().until(() -> first.counters().calls().ringing() == 1);
    }

    @Test
    void a_trunk_that_a_pool_of_the_API_still_needs_stays_and_the_pool_is_named() throws Exception {
        var pool = """
                {"name": "mine", "owner": "us", "proof": "a list", "country": "GB", "trunks": ["one"],
                 "numbers": ["%s"]}""".formatted(NUMBERS);
        ask("POST", "/v1/pools", admin, pool, 201);
        write(trunk("two", second, NUMBERS), "two", NUMBERS, "");
        var refused = reload(422);
        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("pools.mine");
        assertThat(refused.at("/errors/0/detail").asString()).contains("one is not configured");
        assertThat(ask("GET", "/v1/trunks", admin, "", 200)
                        .at("/data/0/leaving")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void what_needs_a_restart_is_named_and_the_rest_is_done() throws Exception {
        write(trunk("one", second, NUMBERS), "one", NUMBERS, "limits: {caller_id_cool_down: 2h}\nretention: 2d");
        var done = reload(200);
        assertThat(done.at("/trunks/0/change").asString()).isEqualTo("changed");
        assertThat(done.at("/need_restart").toString()).isEqualTo("[\"retention\",\"limits\"]");
        verify("+441614960104");
        await().until(() -> second.counters().calls().ringing() == 1);
    }

    private void write(String trunks, String trunk, String numbers, String more) throws IOException {
        var folder = file.getParent();
        Files.writeString(file, """
                listen: 127.0.0.1:0
                store: {path: %1$s/flashcall.db}
                master_key: {file: %1$s/master.key}
                engine:
                  user_agents: {local: "127.0.0.1:0"}
                  trunks: {%2$s}
                pools:
                  drama: {owner: us, proof: a list, country: GB, trunks: [%3$s], numbers: [%4$s]}
                routes:
                  - {prefix: "+", trunk: %3$s, pool: drama}
                apps:
                  shop: {title: Shop}
                %5$s
                """.formatted(folder, trunks, trunk, numbers, more));
    }

    private static String trunk(String name, Carrier carrier, String numbers) {
        return "%s: {target: \"%s\", caller_ids: [%s], flash_calls_allowed: true, ring_time: 300ms}"
                .formatted(name, Addresses.text(carrier.address()), numbers);
    }

    private void verify(String phone) throws Exception {
        ask("POST", "/v1/verifications", key, "{\"to\":\"" + phone + "\"}", 201);
    }

    private JsonNode reload(int status) throws Exception {
        return ask("POST", "/v1/reload", admin, "{}", status);
    }

    private JsonNode ask(String method, String path, String with, String body, int status) throws Exception {
        var request = HttpRequest.newBuilder(service.url().resolve(path))
                .header("Authorization", "Bearer " + with)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Stage.JSON.readTree(answer.body());
    }
}
