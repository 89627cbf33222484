package io.flashcall.cli.erase;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.engine.E164;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Forgets a telephone number.
@Command(
        name = "erase",
        description = {
            "Forgets a telephone number at once: its sessions lose it and everything that could give it back; a keyed"
                    + " hash stays for statistics.",
            "A verification of it that is pending is lost; cancel it over the API first."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Nothing of it is left.", "2:Bad usage or configuration.", "70:A fault of this program."},
        footer = {"", "Example:", "  ./flashcall erase --to +442079460123"})
public final class EraseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "The number, + and E.164.")
    private E164 to;

    @Override
    public Integer call() {
        try (var open = store.open()) {
            int sessions = open.store().sessions().erase(open.vault().numberMac(to));
            var noun = sessions == 1 ? " session" : " sessions";
            spec.commandLine().getOut().println("erased " + sessions + noun);
        }
        return 0;
    }
}
