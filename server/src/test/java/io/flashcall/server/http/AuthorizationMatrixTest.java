package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.ApiScene.Started;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what: endpoint × key, as one table.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthorizationMatrixTest {

    private static final ApiScene SCENE = new ApiScene();

    /// Columns: no key · bad key · publishable without secret · with a wrong one · with the right one · another app's
    /// publishable with the right one · server · another app's server · admin.
    private static final String TABLE = """
            POST   /v1/verifications                                    401 401  201 201 201 201  201 201  403
            GET    /v1/verifications                                    401 401  403 403 403 403  200 200  200
            GET    /v1/verifications/{id}                               401 401  404 404 200 404  200 404  200
            POST   /v1/verifications/{id}/check                         401 401  404 404 200 404  200 404  403
            POST   /v1/verifications/{id}/report                        401 401  404 404 200 404  200 404  403
            POST   /v1/verifications/{id}/resend                        401 401  404 404 200 404  200 404  403
            POST   /v1/verifications/{id}/cancel                        401 401  404 404 200 404  200 404  403
            GET    /v1/verifications/{id}/events                        401 401  403 403 403 403  200 404  200
            GET    /v1/verifications/{id}/stream                        401 401  404 404 200 404  200 404  200
            GET    /v1/webhooks                                         401 401  403 403 403 403  200 200  200
            POST   /v1/webhooks                                         401 401  403 403 403 403  201 201  201
            GET    /v1/webhooks/{hook}                                  401 401  403 403 403 403  200 404  200
            PUT    /v1/webhooks/{hook}                                  401 401  403 403 403 403  200 404  200
            DELETE /v1/webhooks/{hook}                                  401 401  403 403 403 403  204 404  204
            POST   /v1/webhooks/{hook}/test                             401 401  403 403 403 403  202 404  202
            POST   /v1/webhooks/{hook}/rotate-secret                    401 401  403 403 403 403  200 404  200
            GET    /v1/webhooks/{hook}/deliveries                       401 401  403 403 403 403  200 404  200
            POST   /v1/webhooks/{hook}/deliveries/{delivery}/redeliver  401 401  403 403 403 403  202 404  202
            GET    /v1/stats                                            401 401  403 403 403 403  200 200  200
            GET    /v1/costs                                            401 401  403 403 403 403  200 200  200
            GET    /v1/apps                                             401 401  403 403 403 403  403 403  200
            POST   /v1/apps                                             401 401  403 403 403 403  403 403  201
            GET    /v1/apps/{app}                                       401 401  403 403 403 403  403 403  200
            PUT    /v1/apps/{app}                                       401 401  403 403 403 403  403 403  200
            DELETE /v1/apps/{app}                                       401 401  403 403 403 403  403 403  204
            GET    /v1/keys                                             401 401  403 403 403 403  403 403  200
            POST   /v1/keys                                             401 401  403 403 403 403  403 403  201
            GET    /v1/keys/{key}                                       401 401  403 403 403 403  403 403  200
            DELETE /v1/keys/{key}                                       401 401  403 403 403 403  403 403  204
            GET    /v1/pools                                            401 401  403 403 403 403  403 403  200
            POST   /v1/pools                                            401 401  403 403 403 403  403 403  201
            GET    /v1/pools/{pool}                                     401 401  403 403 403 403  403 403  200
            PUT    /v1/pools/{pool}                                     401 401  403 403 403 403  403 403  200
            DELETE /v1/pools/{pool}                                     401 401  403 403 403 403  403 403  204
            GET    /v1/pools/{pool}/quarantine                          401 401  403 403 403 403  403 403  200
            POST   /v1/pools/{pool}/quarantine/release                  401 401  403 403 403 403  403 403  204
            GET    /v1/trunks                                           401 401  403 403 403 403  403 403  200
            GET    /v1/routes                                           401 401  403 403 403 403  403 403  200
            POST   /v1/reload                                           401 401  403 403 403 403  403 403  200
            """;

    private static int count;

    private enum Who {
        NOBODY,
        BAD_KEY,
        PUBLISHABLE,
        PUBLISHABLE_WRONG_SECRET,
        PUBLISHABLE_RIGHT_SECRET,
        OTHER_PUBLISHABLE_RIGHT_SECRET,
        SERVER,
        OTHER_SERVER,
        ADMIN
    }

    record Cell(String method, String template, Who who, int status) {

        @Override
        public String toString() {
            return method + " " + template + " by " + who + " is " + status;
        }
    }

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void every_key_may_do_what_the_table_says(Cell cell) {
        var session = SCENE.started();
        var path = path(cell.template(), session);
        var request = SCENE.client.request(cell.method(), path, key(cell.who()));
        if (cell.method().equals("POST") || cell.method().equals("PUT")) {
            request.header("Content-Type", "application/json")
                    .method(cell.method(), BodyPublishers.ofString(body(cell)));
        }
        ApiClient.with(request, headers(cell.who(), session));
        if (cell.template().endsWith("/resend")) {
            SCENE.verifications.rang(session.session());
        }
        if (cell.template().endsWith("/stream")) {
            SCENE.verifications.cancel(session.session());
        }
        SCENE.client.checked(request).is(cell.status());
    }

    @Test
    void the_table_has_every_endpoint_that_needs_a_key() {
        var documented = SCENE.client.contract().operations().stream()
                .filter(operation -> operation.contains(" /v1/"))
                // Providers have no key: their receipts prove themselves.
                .filter(operation -> !operation.contains(" /v1/receipts/"))
                .map(AuthorizationMatrixTest::anonymous)
                .toList();
        var tabled = cells().map(cell -> anonymous(cell.method() + " " + cell.template()))
                .distinct()
                .toList();
        assertThat(tabled).containsExactlyInAnyOrderElementsOf(documented);
    }

    static Stream<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (var line : TABLE.lines().toList()) {
            var words = List.of(line.split(" +"));
            for (var who : Who.values()) {
                cells.add(new Cell(words.get(0), words.get(1), who, Integer.parseInt(words.get(2 + who.ordinal()))));
            }
        }
        return cells.stream();
    }

    private static String anonymous(String operation) {
        return operation.replaceAll("\\{[a-z]+}", "{}");
    }

    private static String key(Who who) {
        return switch (who) {
            case NOBODY -> "";
            case BAD_KEY -> KeyText.draw(Scope.SERVER).text();
            case PUBLISHABLE, PUBLISHABLE_WRONG_SECRET, PUBLISHABLE_RIGHT_SECRET -> SCENE.publishable;
            case OTHER_PUBLISHABLE_RIGHT_SECRET -> SCENE.otherPublishable;
            case SERVER -> SCENE.server;
            case OTHER_SERVER -> SCENE.otherServer;
            case ADMIN -> SCENE.admin;
        };
    }

    private static Map<String, String> headers(Who who, Started session) {
        return switch (who) {
            case PUBLISHABLE_WRONG_SECRET -> Map.of("Flashcall-Client-Secret", KeyText.clientSecret());
            case PUBLISHABLE_RIGHT_SECRET, OTHER_PUBLISHABLE_RIGHT_SECRET -> session.proof();
            case NOBODY, BAD_KEY, PUBLISHABLE, SERVER, OTHER_SERVER, ADMIN -> Map.of();
        };
    }

    /// Each cell works on things of its own, so that no order of the cells matters.
    private static String path(String template, Started session) {
        var hook = "";
        SCENE.hooks.endpoints.all.clear();
        if (template.contains("{hook}")) {
            hook = SCENE.webhook();
            SCENE.hooks.outbox.bury(7, hook, session.session());
        }
        count++;
        if (template.contains("{app}")) {
            SCENE.tenants.apps.save(ApiScene.app(new AppId("app-" + count), "https://x.example"));
        }
        if (template.contains("{pool}")) {
            SCENE.pools.put("pool-" + count, SCENE.pool("pool-" + count));
            SCENE.quarantine("+442079460007");
        }
        var path = template.replace("{id}", session.id())
                .replace("{hook}", hook)
                .replace("{delivery}", "msg_7")
                .replace("{app}", "app-" + count)
                .replace("{pool}", "pool-" + count);
        if (template.contains("{key}")) {
            var text = SCENE.key(Scope.SERVER, Optional.of(ApiScene.SHOP));
            path = path.replace("{key}", KeyText.parse(text).orElseThrow().id());
        }
        return path;
    }

    private static String body(Cell cell) {
        var last = Arrays.asList(cell.template().split("/", -1)).getLast();
        return switch (last) {
            case "verifications" -> "{\"to\": \"+447700900123\"}";
            case "check" -> "{\"code\": \"0123\"}";
            case "report" -> "{\"number\": \"" + FakeVerifications.CALLER + "\"}";
            case "webhooks", "{hook}" ->
                cell.who() == Who.ADMIN && last.equals("webhooks")
                        ? "{\"url\": \"https://shop.example/hook\", \"app\": \"shop\"}"
                        : "{\"url\": \"https://shop.example/hook\"}";
            case "release" -> "{\"number\": \"+442079460007\"}";
            case "apps" -> "{\"id\": \"new-" + count + "\"}";
            case "keys" -> "{\"scope\": \"server\", \"app\": \"shop\", \"name\": \"test\"}";
            case "pools" -> ApiScene.POOL.replace("\"uk\"", "\"new-" + count + "\"");
            case "{pool}" -> ApiScene.POOL.replace("\"name\": \"uk\",", "");
            default -> "{}";
        };
    }
}
