package io.flashcall.cli.export;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.Bills;
import io.flashcall.verification.store.Bills.Item;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes attempts as CSV.
@Command(
        name = "export",
        description = {
            "Writes every attempt of a period as CSV, to be held against the bills of carriers and providers: what it"
                    + " used, by which rate, and what it cost. Works beside a service.",
            "Costs are in units of their currency, exact. One without an outcome has an unsettled cost instead: the most"
                    + " that it is likely to be."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Everything is written.", "2:Bad usage or configuration.", "70:A fault of this program."},
        footer = {"", "Example:", "  ./flashcall export --from 2026-01-01 --to 2026-02-01 --out january.csv"})
public final class ExportCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            converter = TimeText.class,
            description =
                    "The first moment that they may have begun at: a day (UTC) such as 2026-01-31, or a time such as"
                            + " 2026-01-31T12:00:00Z.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "The first moment that is too late (default: now).")
    private @Nullable Instant to;

    @Option(names = "--app", paramLabel = "APP", description = "Whose (default: those of all apps).")
    private @Nullable AppId app;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to, readable by its owner alone; one that is there is replaced (default: stdout).")
    private @Nullable Path out;

    @Option(names = "--numbers", description = "Write whole telephone numbers; else they are masked.")
    private boolean numbers;

    @Override
    public Integer call() {
        var end = to == null ? Instant.now() : to;
        if (!from.isBefore(end)) {
            throw Values.bad(
                    spec, "Invalid value for option '--from': " + from + " (expected: a time before " + end + ")");
        }
        var query = new Bills.Query(Optional.ofNullable(app), from, end);
        try (var open = store.open()) {
            if (out == null) {
                write(open.store().bills(), query, spec.commandLine().getOut());
            } else {
                var count = new long[1];
                OwnersFile.write(out, writer -> count[0] = write(open.store().bills(), query, writer));
                var noun = count[0] == 1 ? " attempt" : " attempts";
                spec.commandLine().getErr().println("exported " + count[0] + noun + " to " + out);
            }
        } catch (IOException e) {
            throw Values.bad(spec, "Cannot write " + (out == null ? "to stdout" : out) + ": " + e.getMessage());
        }
        return 0;
    }

    /// Page by page, so that any number of them fits into memory.
    private long write(Bills bills, Bills.Query query, Writer writer) throws IOException {
        var csv = new AttemptCsv(writer, numbers);
        csv.writeNames();
        long count = 0;
        List<Item> page = bills.page(query, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(csv::write);
            count += page.size();
            page = bills.page(query, Optional.of(page.getLast()), PAGE);
        }
        csv.flush();
        return count;
    }
}
