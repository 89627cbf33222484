package io.flashcall.server.http.message;

import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// API key scopes as the API writes them.
public final class Scopes {

    private Scopes() {}

    /// `publishable`, `server`, `admin`.
    public static String label(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> named(String label) {
        return Arrays.stream(Scope.values())
                .filter(scope -> label(scope).equals(label))
                .findFirst();
    }
}
