package io.flashcall.cli.keys;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows which keys there are; the keys themselves are not kept.
@Command(
        name = "list",
        description = "Shows which API keys there are: id, scope, app, since when, revoked when, name.",
        footer = {"", "Example:", "  ./flashcall keys list --app demo"})
final class ListKeysCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(names = "--app", paramLabel = "ID", description = "Only the keys of this app.")
    private @Nullable AppId app;

    @Override
    public Integer call() {
        try (var open = store.open()) {
            for (var key : open.store().apiKeys().list(Optional.ofNullable(app))) {
                spec.commandLine().getOut().println(line(key));
            }
        }
        return 0;
    }

    private static String line(ApiKey key) {
        return "%-12s  %-11s  %-16s  %-20s  %-20s  %s"
                .formatted(
                        key.id(),
                        key.scope().name().toLowerCase(Locale.ROOT),
                        key.app().map(AppId::value).orElse("-"),
                        time(key.validity().createdAt()),
                        key.validity().revokedAt().map(ListKeysCommand::time).orElse("-"),
                        key.name())
                .stripTrailing();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
