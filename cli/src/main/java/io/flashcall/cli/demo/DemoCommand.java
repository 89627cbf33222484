package io.flashcall.cli.demo;

import io.flashcall.cli.hook.Hook;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.sandbox.Scratch;
import io.flashcall.cli.serve.ServiceStarter;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Everything in one process, to try it.
@Command(
        name = "demo",
        description = {
            "Runs a whole verification service with a carrier, phones and a webhook receiver, all in this process, and"
                    + " says what to type. Nothing leaves this machine.",
            "Ctrl-C or SIGTERM ends it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was asked to stop; with --once: the number is verified.",
            "1:With --once: it is not.",
            "2:Bad usage, or the port is taken.",
            "70:A fault of this program."
        },
        footer = {"", "Example:", "  ./flashcall demo --once"})
public final class DemoCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65_535;

    private final ServiceStarter services;
    private final StopSignal stop;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Of the API; the phones take the next one if it is free (default: 8080, with --once any free"
                    + " one).")
    private @Nullable Integer port;

    @Option(names = "--once", description = "Do one whole verification, show its timeline and its ladder, and end.")
    private boolean once;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the store there (default: a temporary folder, which is deleted at the end).")
    private @Nullable Path data;

    @Option(
            names = "--ring",
            paramLabel = "DURATION",
            description = "With --once, how long the phone rings, 500ms to 8s (default: 1500ms).")
    private Duration ring = DemoRun.USUAL_RING;

    public DemoCommand(ServiceStarter services, StopSignal stop) {
        this.services = services;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        int chosen = port == null ? (once ? 0 : USUAL_PORT) : port;
        if (chosen < 0 || chosen >= LAST_PORT) {
            throw Values.bad(spec, "Invalid value for option '--port': " + chosen + " (expected: 0 to 65534)");
        }
        var stopped = new CountDownLatch(1);
        stop.on(PATIENCE, stopped::countDown);
        try (var scratch = data == null ? Scratch.temporary("flashcall-demo") : Scratch.kept(data)) {
            return run(scratch, chosen, stopped);
        } catch (IOException | UncheckedIOException | StoreException e) {
            throw Values.bad(spec, e.getMessage() + " (see --port and --data)");
        }
    }

    private int run(Scratch scratch, int chosen, CountDownLatch stopped) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var listener = new AtomicReference<Consumer<Hook>>(_ -> {});
        try (var world = new DemoWorld(
                services, scratch.path(), chosen, hook -> listener.get().accept(hook))) {
            if (once) {
                return new DemoRun(out, world, ring).run();
            }
            var guide = new DemoGuide(out, world);
            guide.welcome();
            listener.set(guide::tell);
            stopped.await();
            return 0;
        }
    }
}
