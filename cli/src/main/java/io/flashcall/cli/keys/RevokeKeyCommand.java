package io.flashcall.cli.keys;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.verification.KeyText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a key worthless.
@Command(
        name = "revoke",
        description = "Makes an API key worthless, for good; a running service takes it for up to 5 s more.",
        footer = {"", "Example:", "  ./flashcall keys revoke 0a1b2c3d4e5f"})
final class RevokeKeyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Parameters(paramLabel = "ID", description = "The key's id, as keys list shows it, or the whole key.")
    private String key = "";

    @Override
    public Integer call() {
        var id = KeyText.parse(key).map(KeyText::id).orElse(key);
        try (var open = store.open()) {
            if (!open.store().apiKeys().revoke(id, Instant.now())) {
                // It may be a whole key with a slip in it: then it is still a secret.
                var shown = id.matches("[0-9a-z]{12}") ? id : "***";
                throw Values.bad(spec, shown + " is no key in force (expected: an id that keys list shows)");
            }
        }
        return 0;
    }
}
