package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Endpoints;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/webhooks`: where an app wants to be told of events. A server key manages those of its own app.
public final class WebhookResource {

    /// Webhooks of one app at most.
    public static final int MOST = 10;

    static final Set<Scope> SCOPES = Set.of(Scope.SERVER, Scope.ADMIN);

    private static final String SWITCHED_OFF = "switched off over the API";

    private final Endpoints endpoints;
    private final WebhookSecrets secrets;
    private final WebhookForms forms;
    private final Set<String> declared;

    /// @param declared webhooks of the configuration file: not to be changed here
    public WebhookResource(Endpoints endpoints, WebhookSecrets secrets, WebhookForms forms, Set<String> declared) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.forms = forms;
        this.declared = Set.copyOf(declared);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/v1/webhooks", SCOPES, this::list),
                new Endpoint("POST", "/v1/webhooks", SCOPES, this::create),
                new Endpoint("GET", "/v1/webhooks/{id}", SCOPES, this::one),
                new Endpoint("PUT", "/v1/webhooks/{id}", SCOPES, this::replace),
                new Endpoint("DELETE", "/v1/webhooks/{id}", SCOPES, this::delete),
                new Endpoint("POST", "/v1/webhooks/{id}/rotate-secret", SCOPES, this::rotate));
    }

    /// The endpoint that `{id}` of the path names.
    ///
    /// @throws ProblemException when there is none for this caller
    static Endpoints.Endpoint find(Endpoints endpoints, Call call) {
        return endpoints
                .find(call.parameter("id"))
                .filter(endpoint -> AppScope.allows(call, endpoint.app()))
                .orElseThrow(
                        () -> Problem.NOT_FOUND.with("There is no webhook of this id; GET /v1/webhooks lists them."));
    }

    private Reply list(Call call) {
        var query = call.query();
        var all = endpoints.list(AppScope.of(call, query)).stream()
                .sorted(Comparator.comparing(Endpoints.Endpoint::id))
                .toList();
        return Page.cut(all, query, Endpoints.Endpoint::id, this::view);
    }

    private Reply one(Call call) {
        call.query().done();
        return Reply.json(200, view(find(endpoints, call)));
    }

    private Reply create(Call call) {
        var wish = forms.read(call);
        refuseMore(wish.app());
        var id = secrets.id();
        var secret = KeyText.webhookSecret();
        var endpoint = new Endpoints.Endpoint(
                id, wish.app(), wish.url(), wish.types(), List.of(secrets.seal(id, secret)), disabled(wish.enabled()));
        endpoints.save(endpoint);
        return Reply.json(201, view(endpoint).put("secret", secret)).header("Location", "/v1/webhooks/" + id);
    }

    private Reply replace(Call call) {
        var before = find(endpoints, call);
        refuseDeclared(before);
        var wish = forms.read(call, before.app());
        var endpoint = new Endpoints.Endpoint(
                before.id(), before.app(), wish.url(), wish.types(), before.secrets(), disabled(wish.enabled()));
        endpoints.save(endpoint);
        return Reply.json(200, view(endpoint));
    }

    private Reply delete(Call call) {
        var endpoint = find(endpoints, call);
        refuseDeclared(endpoint);
        endpoints.delete(endpoint.id());
        return Reply.noContent();
    }

    private Reply rotate(Call call) {
        call.form().done();
        var before = find(endpoints, call);
        refuseDeclared(before);
        var secret = KeyText.webhookSecret();
        var endpoint = new Endpoints.Endpoint(
                before.id(),
                before.app(),
                before.url(),
                before.types(),
                secrets.rotated(before, secret),
                before.disabled());
        endpoints.save(endpoint);
        return Reply.json(200, view(endpoint).put("secret", secret));
    }

    private void refuseMore(AppId app) {
        if (endpoints.list(Optional.of(app)).size() >= MOST) {
            throw Problem.TOO_MANY_WEBHOOKS.with(
                    "The app “" + app + "” has " + MOST + " webhooks, which is the most; delete or replace one.");
        }
    }

    private void refuseDeclared(Endpoints.Endpoint endpoint) {
        if (declared.contains(endpoint.id())) {
            throw Problem.DECLARED_IN_CONFIGURATION.with(
                    "This webhook is declared in the configuration file: change it there.");
        }
    }

    private static Optional<String> disabled(boolean enabled) {
        return enabled ? Optional.empty() : Optional.of(SWITCHED_OFF);
    }

    private ObjectNode view(Endpoints.Endpoint endpoint) {
        var node = Json.object();
        node.put("id", endpoint.id());
        node.put("app", endpoint.app().value());
        node.put("url", endpoint.url());
        var events = node.putArray("events");
        endpoint.types().stream().map(EventType::label).sorted().forEach(events::add);
        node.put("enabled", endpoint.isEnabled());
        Json.put(node, "disabled_reason", endpoint.disabled());
        return node.put("declared", declared.contains(endpoint.id()));
    }
}
