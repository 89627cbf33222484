package io.flashcall.server.http.message;

import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.Set;

/// One line of the table of routes: what it is, who may use it, and what does it.
///
/// @param method   `GET`, `POST`, `PUT` or `DELETE`
/// @param template path with parameters in braces: `/v1/verifications/{id}`
/// @param scopes   of the keys that may use it; empty: it needs no key
/// @param action   does it
/// @param foreign  whether it is for clients that were not made for this API: a body may be of any type, and there is
///                 no idempotency
public record Endpoint(String method, String template, Set<Scope> scopes, Action action, boolean foreign) {

    public Endpoint {
        scopes = Set.copyOf(scopes);
    }

    /// For clients of this API.
    public Endpoint(String method, String template, Set<Scope> scopes, Action action) {
        this(method, template, scopes, action, false);
    }

    /// Does what an endpoint is for.
    @FunctionalInterface
    public interface Action {

        /// @throws ProblemException when it refuses
        Reply on(Call call);
    }

    public boolean isOpen() {
        return scopes.isEmpty();
    }
}
