package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Form;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.flashcall.server.http.message.Scopes;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/keys`: API keys, for admins. A key's text is told once, when it is made.
public final class KeyResource {

    private static final Pattern SCOPE = Pattern.compile("publishable|server|admin");
    private static final Pattern APP = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final int LONGEST_NAME = 64;

    private final ApiKeys keys;
    private final Tenants tenants;
    private final InstantSource clock;

    public KeyResource(ApiKeys keys, Tenants tenants, InstantSource clock) {
        this.keys = keys;
        this.tenants = tenants;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        var admin = Set.of(Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/keys", admin, this::list),
                new Endpoint("POST", "/v1/keys", admin, this::create),
                new Endpoint("GET", "/v1/keys/{id}", admin, this::one),
                new Endpoint("DELETE", "/v1/keys/{id}", admin, this::revoke));
    }

    private Reply list(Call call) {
        var query = call.query();
        var all = keys.list(AppScope.of(call, query)).stream()
                .sorted(Comparator.comparing(ApiKey::id))
                .toList();
        return Page.cut(all, query, ApiKey::id, KeyResource::view);
    }

    private Reply one(Call call) {
        call.query().done();
        return Reply.json(200, view(find(call)));
    }

    private Reply create(Call call) {
        var form = call.form();
        var scope = form.text("scope", SCOPE, "publishable, server or admin").flatMap(Scopes::named);
        if (scope.isEmpty()) {
            form.missing("scope", "\"publishable\", \"server\" or \"admin\"");
        }
        var app = app(form, scope.orElse(Scope.SERVER));
        var name = form.required("name", LONGEST_NAME, "what it is for, such as \"back end\"");
        form.done();
        var text = KeyText.draw(scope.orElseThrow());
        var key = ApiKeys.made(text, app, name, clock.instant());
        keys.add(key);
        tenants.forgetKey(key.id());
        return Reply.json(201, view(key).put("key", text.text())).header("Location", "/v1/keys/" + key.id());
    }

    private Reply revoke(Call call) {
        var id = find(call).id();
        keys.revoke(id, clock.instant());
        tenants.forgetKey(id);
        return Reply.noContent();
    }

    private Optional<AppId> app(Form form, Scope scope) {
        var app = form.text("app", APP, "an app's id: 1 to 32 of a-z 0-9 - _").map(AppId::new);
        return switch (scope) {
            case ADMIN -> app.isPresent() ? form.fault("app", "is not for admin keys: leave it out") : app;
            case PUBLISHABLE, SERVER -> {
                if (app.isEmpty()) {
                    form.missing("app", "the id of the app that it is for");
                } else if (tenants.app(app.get()).isEmpty()) {
                    form.fault("app", "names no app; GET /v1/apps lists them");
                }
                yield app;
            }
        };
    }

    private ApiKey find(Call call) {
        return keys.find(call.parameter("id"))
                .orElseThrow(() -> Problem.NOT_FOUND.with("There is no key of this id; GET /v1/keys lists them. The id"
                        + " is the 12 characters in the middle of a key."));
    }

    private static ObjectNode view(ApiKey key) {
        var node = Json.object();
        node.put("id", key.id());
        node.put("scope", Scopes.label(key.scope()));
        Json.put(node, "app", key.app().map(AppId::value));
        node.put("name", key.name());
        node.put("created_at", Json.time(key.validity().createdAt()));
        Json.putTime(node, "revoked_at", key.validity().revokedAt());
        return node;
    }
}
