package io.flashcall.cli.serve;

import io.flashcall.cli.option.StoreOptions;
import io.flashcall.cli.option.Values;
import io.flashcall.cli.terminal.ReloadSignal;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.server.UnusableConfigException;
import io.flashcall.server.config.EffectiveServerConfig;
import io.flashcall.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the verification service.
@Command(
        name = "serve",
        description = {
            "Runs the verification service: its API, webhooks and calls, as the configuration says.",
            "Shows the effective configuration on stderr, secrets and numbers masked, and says on stdout when it is"
                    + " ready. Ctrl-C or SIGTERM: takes no more, lets calls end, and ends.",
            "SIGHUP: reads the configuration again and uses its trunks, pools and routes; if anything is wrong,"
                    + " nothing changes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:It was asked to stop.", "2:Bad usage or configuration.", "70:A fault of this program."},
        footer = {"", "Example:", "  ./flashcall serve --config conf/server.yaml"})
public final class ServeCommand implements Callable<Integer> {

    /// What its closing may take, and some more.
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ServiceStarter services;
    private final StopSignal stop;
    private final ReloadSignal hangUp;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOptions options;

    public ServeCommand(ServiceStarter services, StopSignal stop, ReloadSignal hangUp) {
        this.services = services;
        this.stop = stop;
        this.hangUp = hangUp;
    }

    @Override
    public Integer call() throws InterruptedException {
        var requests = new ReloadRequests();
        // First of all: until then the signal would end the process.
        hangUp.on(requests::ask);
        var config = options.read();
        var stopped = new CountDownLatch(1);
        stop.on(PATIENCE, stopped::countDown);
        var err = spec.commandLine().getErr();
        err.print(EffectiveServerConfig.text(config));
        err.flush();
        try (var service = services.start(config, options::readAgain)) {
            var out = spec.commandLine().getOut();
            out.println("flashcall ready on " + service.url());
            out.flush();
            requests.answerBy(service::reload);
            stopped.await();
            requests.end();
        } catch (IOException | UncheckedIOException | UnusableConfigException | StoreException e) {
            throw Values.bad(spec, String.valueOf(e.getMessage()));
        }
        return 0;
    }
}
