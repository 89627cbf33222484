package io.flashcall.cli.maintain;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.server.store.SqlStore;
import io.flashcall.server.store.StoreException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Brings the store to this version.
@Command(
        name = "migrate",
        description = {
            "Brings the tables of the store to this version, and says from which one.",
            "serve does the same when it starts; of several at once, one does it and the others wait."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The store is at this version.",
            "2:Bad usage or configuration.",
            "70:A fault of this program."
        },
        footer = {"", "Example:", "  ./flashcall migrate --config conf/server.yaml"})
public final class MigrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions options;

    @Override
    public Integer call() {
        var config = options.read().storage().store();
        try {
            var done = SqlStore.migrate(config);
            var out = spec.commandLine().getOut();
            if (done.from().equals(done.to())) {
                out.println(config.name() + " is at version " + done.to() + " already");
            } else {
                var from = done.from().isEmpty() ? "nothing" : "version " + done.from();
                out.println(config.name() + " is brought from " + from + " to version " + done.to());
            }
        } catch (StoreException e) {
            throw Values.bad(spec, String.valueOf(e.getMessage()));
        }
        return 0;
    }
}
