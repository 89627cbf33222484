package io.flashcall.engine.agent;

import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.ReloadReport.Kind;
import io.flashcall.engine.ReloadReport.TrunkChange;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.trunk.Trunk;
import io.flashcall.engine.trunk.TrunkSecrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.ObjLongConsumer;

/// Exchanges the trunks of a running engine. All that may fail comes first: files, routes, and every user agent
/// taking up the new trunks. Then they take calls, and those whose place they have leave. Any thread, one at a time.
final class Reloads {

    private static final long STEP_SECONDS = 5;

    private final EngineConfig started;
    private final Trunks trunks;
    private final List<AgentHandle> agents;
    private final AgentFactory factory;
    private final TrunkLocators locators;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param started what the engine was started with
    Reloads(
            EngineConfig started,
            Trunks trunks,
            List<AgentHandle> agents,
            AgentFactory factory,
            TrunkLocators locators) {
        this.started = started;
        this.trunks = trunks;
        this.agents = agents;
        this.factory = factory;
        this.locators = locators;
    }

    /// @throws IOException naming the file that cannot be used, the host without a route, or what else keeps it from
    ///                     being done; nothing has changed then
    /// @throws io.flashcall.engine.ConfigException when a trunk does not fit the user agents that run
    ReloadReport reload(EngineConfig next) throws IOException {
        lock.lock();
        try {
            var fitting = new EngineConfig(
                    started.userAgents(), started.timers(), started.dns(), next.capture(), next.trunks());
            var plan = plan(fitting.trunks());
            takeUp(plan);
            carryOut(plan);
            return new ReloadReport(plan.changes, needRestart(next));
        } finally {
            lock.unlock();
        }
    }

    /// What is going to happen.
    private static final class Plan {

        final List<TrunkChange> changes = new ArrayList<>();
        final List<Trunk> inUse = new ArrayList<>();
        final List<Fresh> fresh = new ArrayList<>();
        final Map<Trunk, TrunkSecrets> renewed = new HashMap<>();
        final List<Trunk> leaving = new ArrayList<>();
    }

    /// A trunk that is new, or in another's place.
    ///
    /// @param located its hosts, for each agent
    /// @param lines   what each agent will have of it
    private record Fresh(Trunk trunk, List<List<Hops.Located>> located, List<TrunkLine> lines) {}

    private Plan plan(List<TrunkConfig> next) throws IOException {
        var names = new HashSet<String>();
        var secrets = new ArrayList<TrunkSecrets>();
        for (var config : next) {
            names.add(config.name());
            secrets.add(TrunkSecrets.load(config));
        }
        var plan = new Plan();
        boolean complete = false;
        try {
            for (int i = 0; i < next.size(); i++) {
                plan(next.get(i), secrets.get(i), plan);
            }
            complete = true;
        } finally {
            if (!complete) {
                plan.fresh.forEach(fresh -> trunks.giveBack(fresh.trunk().index()));
            }
        }
        for (var trunk : trunks.inUse()) {
            if (!plan.inUse.contains(trunk)) {
                plan.leaving.add(trunk);
                if (!names.contains(trunk.config().name())) {
                    plan.changes.add(new TrunkChange(trunk.config().name(), Kind.LEAVING));
                }
            }
        }
        return plan;
    }

    private void plan(TrunkConfig config, TrunkSecrets secrets, Plan plan) throws IOException {
        var now = trunks.find(config.name());
        Kind kind;
        if (now != null && now.config().equals(config)) {
            boolean same = now.secrets().filter(secrets::isSame).isPresent();
            kind = same ? Kind.UNCHANGED : Kind.NEW_SECRETS;
            if (!same) {
                plan.renewed.put(now, secrets);
            }
            plan.inUse.add(now);
        } else {
            kind = now == null ? Kind.ADDED : Kind.CHANGED;
            var fresh = fresh(config, secrets);
            plan.fresh.add(fresh);
            plan.inUse.add(fresh.trunk());
        }
        plan.changes.add(new TrunkChange(config.name(), kind));
    }

    private Fresh fresh(TrunkConfig config, TrunkSecrets secrets) throws IOException {
        int index = trunks.takeIndex();
        boolean complete = false;
        try {
            var fresh = new Fresh(trunk(index, config, secrets), new ArrayList<>(), new ArrayList<>());
            for (var agent : agents) {
                fresh.located().add(agent.locate(fresh.trunk(), factory));
                fresh.lines().add(agent.line(fresh.trunk()));
            }
            complete = true;
            return fresh;
        } finally {
            if (!complete) {
                trunks.giveBack(index);
            }
        }
    }

    /// Whoever had its name last hands on what it knows, also when it is leaving already.
    private Trunk trunk(int index, TrunkConfig config, TrunkSecrets secrets) {
        var before = trunks.latest(config.name());
        if (before != null) {
            return before.successor(index, config, secrets, System.nanoTime());
        }
        var trunk = new Trunk(index, config, System.nanoTime());
        trunk.secrets(secrets);
        return trunk;
    }

    /// Every agent gets the new trunks and knows their hosts before anybody can place a call over them.
    private void takeUp(Plan plan) throws IOException {
        boolean complete = false;
        try {
            for (var fresh : plan.fresh) {
                var before = trunks.latest(fresh.trunk().config().name());
                trunks.add(fresh.trunk());
                onEach(agent -> (lines, now) ->
                        lines.add(fresh.lines().get(agent), fresh.located().get(agent), before, now));
            }
            locators.watch(plan.fresh.stream().map(Fresh::trunk).toList());
            complete = true;
        } finally {
            if (!complete) {
                plan.fresh.forEach(fresh -> dismiss(fresh.trunk()));
            }
        }
    }

    /// Waits until every agent has done it.
    private void onEach(IntFunction<ObjLongConsumer<TrunkLines>> step) throws IOException {
        var all = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < agents.size(); i++) {
            all.add(agents.get(i).onLines(step.apply(i)));
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .orTimeout(STEP_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IOException("a user agent does not take up the new trunks: " + e.getCause(), e);
        }
    }

    /// Nothing of this can fail.
    private void carryOut(Plan plan) {
        plan.renewed.forEach((trunk, secrets) -> {
            trunk.secrets(secrets);
            tellEach((lines, now) -> lines.renew(trunk, now));
        });
        trunks.use(plan.inUse);
        plan.leaving.forEach(this::dismiss);
    }

    /// It takes no more calls, and is gone when each agent is done with it.
    private void dismiss(Trunk trunk) {
        trunk.leave();
        locators.forget(trunk);
        var left = new AtomicInteger(agents.size());
        tellEach((lines, _) -> lines.leave(trunk, () -> {
            // A loop waits for nobody.
            if (left.decrementAndGet() == 0) {
                Thread.startVirtualThread(() -> trunks.remove(trunk));
            }
        }));
    }

    private void tellEach(ObjLongConsumer<TrunkLines> step) {
        for (var agent : agents) {
            var _ = agent.onLines(step);
        }
    }

    private List<String> needRestart(EngineConfig next) {
        var parts = new ArrayList<String>();
        if (!next.userAgents().equals(started.userAgents())) {
            parts.add("user_agents");
        }
        if (!next.timers().equals(started.timers())) {
            parts.add("timers");
        }
        if (!next.dns().equals(started.dns())) {
            parts.add("dns");
        }
        if (!next.capture().equals(started.capture())) {
            parts.add("capture");
        }
        return parts;
    }
}
