package io.flashcall.cli.loadapi;

import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.hook.HookEndpoint;
import io.flashcall.cli.hook.HookReceiver;
import io.flashcall.cli.web.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Everything around the loads of one target: its rings and its webhooks go to whichever load runs.
final class ApiRun implements AutoCloseable {

    private static final String PATH = "/webhooks";

    private final ApiTarget target;
    private final AtomicReference<Optional<ApiLoad>> current = new AtomicReference<>(Optional.empty());
    private final HookReceiver receiver =
            new HookReceiver(InstantSource.system(), hook -> current.get().ifPresent(load -> load.onHook(hook)));
    private final ApiClient client;
    private final LocalServer web;
    private final HookEndpoint endpoint;
    private final RingFeed feed;
    private volatile boolean stopping;

    /// @throws IOException telling what does not answer, or refuses
    ApiRun(ApiTarget target) throws IOException, InterruptedException {
        this.target = target;
        this.client = new ApiClient(target.urls().getFirst(), target.key());
        this.web = LocalServer.start(target.webhooks(), routes -> receiver.add(routes, PATH));
        try {
            this.feed = new RingFeed(
                    target.handsets(), (to, from) -> current.get().ifPresent(load -> load.onRing(to, from)));
            this.endpoint = HookEndpoint.register(
                    client, URI.create(web.url() + PATH), type -> target.every() || type.isFinal());
            receiver.secret(endpoint.secret());
        } catch (IOException | InterruptedException | RuntimeException e) {
            web.close();
            client.close();
            throw e;
        }
    }

    /// Runs a load to its end.
    ApiReport run(ApiPlan plan, CpuShares cpu) {
        var tally = new ApiTally();
        long refusedBefore = receiver.refused();
        try (var load = new ApiLoad(target, plan, tally)) {
            current.set(Optional.of(load));
            if (stopping) {
                load.stop();
            }
            cpu.begin();
            load.run();
            if (!feed.failure().isEmpty()) {
                tally.error(feed.failure());
            }
            var micros = cpu.micros(tally.started());
            return ApiReport.of(plan, load, tally, receiver.refused() - refusedBefore, micros);
        }
    }

    /// Any thread: whatever runs comes to its end.
    void stop() {
        stopping = true;
        current.get().ifPresent(ApiLoad::stop);
    }

    @Override
    public void close() {
        endpoint.close();
        feed.close();
        web.close();
        client.close();
    }
}
