package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Query;
import io.flashcall.verification.AppId;
import java.util.Optional;

/// Whose things a request is about: a server key's own app; for an admin key the one it names, or all.
final class AppScope {

    private AppScope() {}

    static Optional<AppId> of(Call call, Query query) {
        var named = query.text("app");
        var own = call.caller().ownApp();
        if (own.isEmpty()) {
            return named.map(AppScope::id);
        }
        if (named.isPresent() && !named.get().equals(own.get().value())) {
            throw Query.wrong("app", named.get(), "left out: a server key sees its own app");
        }
        return own;
    }

    /// Whether the caller may see what belongs to `app`.
    static boolean allows(Call call, AppId app) {
        return call.caller().ownApp().map(app::equals).orElse(true);
    }

    private static AppId id(String text) {
        try {
            return new AppId(text);
        } catch (IllegalArgumentException e) {
            throw Query.wrong("app", text, "an app's id: 1 to 32 of a-z 0-9 - _");
        }
    }
}
