package io.flashcall.cli.erase;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.engine.E164;
import io.flashcall.server.webhook.JsonJournal;
import io.flashcall.verification.SessionChanges;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.Status;
import io.flashcall.verification.store.SessionQuery;
import io.flashcall.verification.store.Sessions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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
            "A verification of it that is pending is canceled first."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Nothing of it is left.", "2:Bad usage or configuration.", "70:A fault of this program."},
        footer = {"", "Example:", "  ./flashcall erase --to +442079460123"})
public final class EraseCommand implements Callable<Integer> {

    private static final int AT_ONCE = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions store;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "The number, + and E.164.")
    private E164 to;

    @Override
    public Integer call() {
        try (var open = store.open()) {
            var destination = open.vault().numberMac(to);
            cancelPending(open.store().sessions(), destination);
            int sessions = open.store().sessions().erase(destination);
            var noun = sessions == 1 ? " session" : " sessions";
            spec.commandLine().getOut().println("erased " + sessions + noun);
        }
        return 0;
    }

    /// Their call, if it is in the air, is the service's to end, which it does by the call's own times.
    private static void cancelPending(Sessions sessions, String destination) {
        var world = new SessionChanges.World(Map.of(), Runnable::run, InstantSource.system());
        var changes = new SessionChanges(sessions, new JsonJournal(), (_, _) -> {}, world);
        var pending = new SessionQuery(
                Optional.empty(), Optional.of(destination), Optional.of(Status.PENDING), Optional.empty(), AT_ONCE);
        var found = sessions.list(pending);
        while (!found.isEmpty()) {
            found.forEach(session -> changes.apply(session.id(), new SessionEvent.CancelAsked()));
            found = sessions.list(pending);
        }
    }
}
