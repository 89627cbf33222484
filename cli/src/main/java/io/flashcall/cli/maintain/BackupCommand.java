package io.flashcall.cli.maintain;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.server.store.SqlStore;
import io.flashcall.server.store.StoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Copies the embedded store.
@Command(
        name = "backup",
        description = {
            "Copies the embedded store into a new file, as it is at one moment, also while the service runs.",
            "Without the master key, which is not in it, a copy is worth nothing: keep both, apart from each other."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:It is copied.", "2:Bad usage or configuration.", "70:A fault of this program."},
        footer = {"", "Example:", "  ./flashcall backup --to /backups/flashcall-monday.db"})
public final class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions options;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "The copy: a file that does not exist yet. Its owner alone can read it.")
    private Path to;

    @Override
    public Integer call() {
        switch (options.read().storage().store()) {
            case StoreConfig.Server server ->
                throw Values.bad(
                        spec,
                        "the store is PostgreSQL, which has tools of its own: pg_dump --format=custom --file=" + to
                                + " --dbname=" + server.url().replaceFirst("^jdbc:", ""));
            case StoreConfig.File file -> copy(file);
        }
        return 0;
    }

    private void copy(StoreConfig.File file) {
        try {
            long bytes = SqlStore.backup(file, to);
            spec.commandLine().getOut().println("copied " + file.path() + " to " + to + ", " + bytes + " bytes");
        } catch (StoreException e) {
            throw Values.bad(spec, String.valueOf(e.getMessage()));
        }
    }
}
