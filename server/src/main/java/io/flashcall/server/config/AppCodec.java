package io.flashcall.server.config;

import io.flashcall.verification.App;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.Budget;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// An [App] as text: `{"id":"shop","title":"Shop","code_length":4,"purposes":{"login":{"checks":2}}}`. Keys that are
/// absent take the default; those of a purpose, the app's. Thread-safe.
public final class AppCodec implements Codec<App> {

    @Override
    public String write(App app) {
        return write(
                app, app.access().authorization().map(AuthorizationHook::secret).orElse(""));
    }

    /// As [#write], with `***` for its secret: for people.
    public String writeMasked(App app) {
        return write(app, "***");
    }

    @Override
    public App read(String text) {
        return DefinitionText.read("app", text, AppReader::read);
    }

    private static String write(App app, String secret) {
        var json = JsonText.object().put("id", app.id().value()).put("title", app.title());
        app.access().defaultRegion().ifPresent(region -> json.put("default_region", region));
        var origins = json.putArray("cors_origins");
        app.access().corsOrigins().forEach(origins::add);
        app.access()
                .authorization()
                .ifPresent(hook -> json.putObject("authorization")
                        .put("url", hook.url())
                        .put("secret", secret)
                        .put("deadline", Durations.text(hook.deadline()))
                        .put("fail_open", hook.failOpen()));
        json.put("max_guess_chance", app.guard().mostGuessChance());
        app.guard().startsPerHour().ifPresent(starts -> json.put("starts_per_hour", starts));
        budget(json, app.guard().budget());
        JsonText.policy(json, app.policy());
        var purposes = json.putObject("purposes");
        new TreeMap<>(app.purposes())
                .forEach((name, policy) -> JsonText.policy(purposes.putObject(name), policy, app.policy()));
        return json.toString();
    }

    private static void budget(ObjectNode json, Budget budget) {
        if (!budget.isNone()) {
            var node = json.putObject("budget");
            budget.day().ifPresent(amount -> node.put("day", amount.toString()));
            budget.month().ifPresent(amount -> node.put("month", amount.toString()));
            node.put("warn_at", budget.warnAt());
        }
    }
}
