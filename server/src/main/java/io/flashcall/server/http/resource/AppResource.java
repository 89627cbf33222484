package io.flashcall.server.http.resource;

import io.flashcall.server.config.Codec;
import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Apps;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/v1/apps`: the tenants, for admins.
public final class AppResource {

    private final Apps apps;
    private final Definition<App> definition;
    private final AppRules rules;
    private final Set<AppId> declared;
    private final Tenants tenants;

    /// @param declared apps of the configuration file: not to be changed here
    public AppResource(Apps apps, Codec<App> codec, AppRules rules, Set<AppId> declared, Tenants tenants) {
        this.apps = apps;
        this.definition = new Definition<>(codec, "id", Set.of("declared"));
        this.rules = rules;
        this.declared = Set.copyOf(declared);
        this.tenants = tenants;
    }

    public List<Endpoint> endpoints() {
        var admin = Set.of(Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/apps", admin, this::list),
                new Endpoint("POST", "/v1/apps", admin, this::create),
                new Endpoint("GET", "/v1/apps/{id}", admin, this::one),
                new Endpoint("PUT", "/v1/apps/{id}", admin, this::replace),
                new Endpoint("DELETE", "/v1/apps/{id}", admin, this::delete));
    }

    private Reply list(Call call) {
        var all = apps.list().stream()
                .sorted(Comparator.comparing(app -> app.id().value()))
                .toList();
        return Page.cut(all, call.query(), app -> app.id().value(), app -> definition.view(app, isDeclared(app.id())));
    }

    private Reply one(Call call) {
        call.query().done();
        return reply(200, find(call));
    }

    private Reply create(Call call) {
        var app = definition.read(call.body(), Optional.empty(), Optional.empty());
        if (apps.find(app.id()).isPresent()) {
            throw Problem.ALREADY_EXISTS.with("There is an app “" + app.id() + "” already; PUT replaces it.");
        }
        return reply(201, save(app)).header("Location", "/v1/apps/" + app.id());
    }

    private Reply replace(Call call) {
        var id = id(call);
        refuseDeclared(id);
        var before = apps.find(id);
        var app = definition.read(call.body(), Optional.of(id.value()), before);
        return reply(before.isPresent() ? 200 : 201, save(app));
    }

    private Reply delete(Call call) {
        var id = find(call).id();
        refuseDeclared(id);
        apps.delete(id);
        tenants.forgetApp(id);
        return Reply.noContent();
    }

    private App save(App app) {
        Definition.require(rules.problems(app));
        apps.save(app);
        tenants.forgetApp(app.id());
        return app;
    }

    private App find(Call call) {
        return apps.find(id(call)).orElseThrow(AppResource::missing);
    }

    private Reply reply(int status, App app) {
        return Reply.json(status, definition.view(app, isDeclared(app.id())));
    }

    private boolean isDeclared(AppId id) {
        return declared.contains(id);
    }

    private void refuseDeclared(AppId id) {
        if (isDeclared(id)) {
            throw Problem.DECLARED_IN_CONFIGURATION.with(
                    "The app “" + id + "” is declared in the configuration file: change it there.");
        }
    }

    private static AppId id(Call call) {
        try {
            return new AppId(call.parameter("id"));
        } catch (IllegalArgumentException e) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return Problem.NOT_FOUND.with("There is no app of this id; GET /v1/apps lists them.");
    }
}
