package io.flashcall.cli.place;

import io.flashcall.cli.option.AgentSizes;
import io.flashcall.cli.option.EngineStarter;
import io.flashcall.cli.option.TrunkOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Places one flash call and tells how it ended: a ladder and a sentence for a person, one JSON object for a script.
@Command(
        name = "place",
        description = "Places one flash call: rings a phone, hangs up, and tells how it ended.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It rang.",
            "1:It did not ring.",
            "2:Bad usage or configuration.",
            "3:It was answered.",
            "70:A fault of this program."
        },
        footer = {
            "",
            "Example, with ./flashcall carrier running in another terminal:",
            "  ./flashcall place --to +442079460123 --from +12025550123 --trunk 127.0.0.1:5070"
        })
public final class PlaceCommand implements Callable<Integer> {

    private static final String REFERENCE = "place";
    private static final int NOT_RUNG = 1;
    private static final int ANSWERED = 3;
    private static final Duration PATIENCE_BEYOND_DRAIN = Duration.ofMillis(900);

    private final EngineStarter engines;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "The phone to ring, + and E.164.")
    private E164 to;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "NUMBER",
            description = "The caller id to show, + and E.164; it must be yours.")
    private E164 from;

    @Mixin
    private TrunkOptions trunk;

    @Option(
            names = "--ring",
            paramLabel = "DURATION",
            description = "How long to let it ring (default: the trunk's; 1500ms for an address).")
    private @Nullable Duration ring;

    @Option(
            names = "--trace",
            description =
                    "Show each message whole, with --json on stderr; and on stderr what a trunk called NAME comes to.")
    private boolean trace;

    @Option(
            names = "--json",
            description = "Print one JSON object instead of the ladder; its call_id is the SIP Call-ID, by which the"
                    + " carrier finds the call.")
    private boolean json;

    public PlaceCommand(EngineStarter engines, StopSignal stop) {
        this.engines = engines;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        var drainTimeout = trunk.drainTimeout();
        var config = trunk.engine(new CallerIds.Range(from, from), ring, _ -> AgentSizes.ONE_CALL);
        var target = config.trunks().getFirst();
        if (trace) {
            trunk.showEffective(config);
        }
        var placement = new Placement(json && !trace ? _ -> {} : ladder()::show);
        try (var engine = engines.start(config, placement, placement)) {
            stop.on(drainTimeout.plus(PATIENCE_BEYOND_DRAIN), placement::stop);
            awaitRegistration(engine, placement);
            var request = CallRequest.of(target.name(), "+" + from.digits(), "+" + to.digits(), REFERENCE);
            return switch (engine.place(request)) {
                case Admission.Refused(var reason) -> refuse(RefusalSentence.of(reason, trunk.label()));
                case Admission.Accepted _ ->
                    tell(placement, engine, drainTimeout, target.calls().setupTimeout());
            };
        } catch (IOException e) {
            throw Values.bad(spec, e, "a free address of this machine, see --local");
        }
    }

    /// Many carriers refuse calls of who is not registered.
    private void awaitRegistration(Engine engine, Placement placement) throws InterruptedException {
        for (var status : RegistrationWait.in(engine, placement::isToStop)) {
            var sentence = "Not registered with " + trunk.label() + ": " + status.reason() + ".";
            spec.commandLine().getErr().println(sentence);
        }
        if (placement.isToStop()) {
            engine.drain(Duration.ZERO);
        }
    }

    private int tell(Placement placement, Engine engine, Duration drainTimeout, Duration setup)
            throws InterruptedException {
        var report = placement.awaitEnd(engine, drainTimeout);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonView.tell(report));
        } else {
            out.println();
            boolean known = report.outcome() instanceof CallOutcome.Failed && !placement.isToStop();
            var trouble = known ? Trouble.in(engine) : Trouble.NONE;
            out.println(new OutcomeSentence("+" + from.digits(), trunk.label(), setup).of(report, trouble));
        }
        out.flush();
        // A phone that rings after all must not be left ringing; but nobody should wait for the sentence meanwhile.
        if (!placement.finish(engine, drainTimeout)) {
            spec.commandLine()
                    .getErr()
                    .println(trunk.label()
                            + " may have got the call after all: should the phone ring yet, nobody will hang up.");
        }
        return switch (report.outcome()) {
            case CallOutcome.Rang _ -> 0;
            case CallOutcome.Answered _ -> ANSWERED;
            case CallOutcome.Declined _, CallOutcome.Failed _, CallOutcome.Abandoned _ -> NOT_RUNG;
        };
    }

    private int refuse(RefusalSentence refusal) {
        spec.commandLine().getErr().println(refusal);
        return refusal.usage() ? spec.exitCodeOnInvalidInput() : NOT_RUNG;
    }

    private PersonView ladder() {
        var out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        return new PersonView(out, "flashcall (+" + from.digits() + ")", trunk.label(), trace);
    }
}
