package io.flashcall.cli.keys;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Apps;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes an API key and prints it: nobody can show it again.
@Command(
        name = "create",
        description = {
            "Makes an API key and prints it, the only time that it is shown.",
            "A publishable key may stand in apps and pages, a server key belongs to an app's back end, an admin key"
                    + " configures."
        },
        footer = {"", "Example:", "  ./flashcall keys create --scope server --app demo"})
final class CreateKeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "SCOPE",
            description = "${COMPLETION-CANDIDATES}, in small letters or large.")
    private Scope scope;

    @Option(names = "--app", paramLabel = "ID", description = "Whose key it is; for all but admin keys.")
    private @Nullable String app;

    @Option(names = "--name", defaultValue = "", paramLabel = "TEXT", description = "What it is for, as lists show it.")
    private String name;

    @Override
    public Integer call() {
        if ((scope == Scope.ADMIN) != (app == null)) {
            throw Values.bad(
                    spec,
                    scope == Scope.ADMIN
                            ? "Invalid value for option '--app': " + app + " (expected: none, an admin key is no app's)"
                            : "Missing option: '--app=ID', whose key it is");
        }
        var config = store.read();
        try (var open = store.openOrMake()) {
            Optional<AppId> owner = Optional.ofNullable(app)
                    .map(id -> known(id, config, open.store().apps()));
            var text = KeyText.draw(scope);
            open.store().apiKeys().add(ApiKeys.made(text, owner, name, Instant.now()));
            spec.commandLine().getOut().println(text.text());
        }
        return 0;
    }

    /// An app of the file counts before the service has started for the first time.
    private AppId known(String id, ServerConfig config, Apps apps) {
        var all = Stream.concat(config.declared().apps().stream(), apps.list().stream())
                .map(App::id)
                .distinct()
                .toList();
        return all.stream()
                .filter(each -> each.value().equals(id))
                .findFirst()
                .orElseThrow(() -> Values.bad(
                        spec,
                        "Invalid value for option '--app': " + id + " (expected: "
                                + all.stream().map(AppId::value).collect(Collectors.joining(" or ")) + ")"));
    }
}
