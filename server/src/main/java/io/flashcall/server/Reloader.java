package io.flashcall.server;

import io.flashcall.engine.ConfigException;
import io.flashcall.engine.Engine;
import io.flashcall.engine.ReloadReport;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.server.DefinitionRules.Network;
import io.flashcall.server.config.ConfigFileException;
import io.flashcall.server.config.ConfigFileException.Problem;
import io.flashcall.server.config.Reloaded;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.StrengthRule;
import io.flashcall.verification.routing.OutcomeHealth;
import io.flashcall.verification.routing.PrefixRouting;
import io.flashcall.verification.routing.Route;
import io.flashcall.verification.store.FixedPools;
import io.flashcall.verification.store.Pools;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a running service's configuration again and has it use what a running service can: trunks with their caller
/// ids and secrets, pools, routes. All is held against all before anything changes. Thread-safe; one at a time.
final class Reloader {

    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ServerConfig started;
    private final Supplier<ServerConfig> file;
    private final Engine engine;
    private final Ways ways;
    private final Kept kept;

    /// What knows of trunks, pools and routes.
    ///
    /// @param books   all that are kept in memory
    /// @param network the trunks and routes that hold
    record Ways(OutcomeHealth health, PrefixRouting routing, List<PoolBook> books, AtomicReference<Network> network) {}

    /// What is stored, and what the file says of it.
    ///
    /// @param rules as they are
    record Kept(Pools pools, Declarations declarations, DefinitionRules rules) {}

    /// @param started what the service was started with
    /// @param file    reads the configuration anew
    Reloader(ServerConfig started, Supplier<ServerConfig> file, Engine engine, Ways ways, Kept kept) {
        this.started = started;
        this.file = file;
        this.engine = engine;
        this.ways = ways;
        this.kept = kept;
    }

    /// Says in the log what has become of it, too. Where the store fails in the middle, trunks may be in use, and
    /// pools and routes not.
    ///
    /// @throws io.flashcall.server.store.StoreException when the store cannot be read or written
    synchronized Reloaded reload() {
        var reloaded = attempt();
        switch (reloaded) {
            case Reloaded.Done done -> tell(done);
            case Reloaded.Refused(var problems) -> {
                LOG.error("not reloaded, nothing has changed: {} problem(s)", problems.size());
                problems.forEach(problem -> LOG.error("not reloaded: {}", text(problem)));
            }
        }
        return reloaded;
    }

    private Reloaded attempt() {
        try {
            var next = file.get();
            var problems = problems(next);
            return problems.isEmpty() ? use(next) : new Reloaded.Refused(problems);
        } catch (ConfigFileException e) {
            return new Reloaded.Refused(e.problems());
        } catch (ConfigException e) {
            return new Reloaded.Refused(e.problems().stream()
                    .map(problem -> new Problem(
                            0, "engine." + problem.key(), problem.value() + " (expected: " + problem.expected() + ")"))
                    .toList());
        } catch (IOException | IllegalStateException e) {
            return new Reloaded.Refused(List.of(new Problem(0, "engine", String.valueOf(e.getMessage()))));
        }
    }

    /// What reads well, and yet does not fit what is stored: pools and apps that the API has made.
    private List<Problem> problems(ServerConfig next) {
        var all = new LinkedHashMap<String, Pool>();
        kept.pools().list().forEach(pool -> all.put(pool.name(), pool));
        next.declared().pools().forEach(pool -> all.put(pool.name(), pool));
        var trunks = next.engine().trunks();
        var trial = new Network(trunks, next.declared().routes());
        var book = new PoolBook(new FixedPools(List.copyOf(all.values())), trunks, new SecureRandom());
        var rules = kept.rules();
        var then = new DefinitionRules(() -> trial, new StrengthRule(book), rules.apps(), rules.paid());
        var problems = new ArrayList<Problem>();
        for (var pool : all.values()) {
            add("pools." + pool.name(), then.ownProblems(pool), rules.ownProblems(pool), problems);
        }
        for (var app : rules.apps().list()) {
            add("apps." + app.id(), then.problems(app), rules.problems(app), problems);
        }
        for (var route : next.declared().routes()) {
            var pool = all.get(route.pool());
            if (pool != null && !pool.trunks().contains(route.trunk())) {
                problems.add(new Problem(
                        0,
                        "routes",
                        "pool " + pool.name() + " may not be shown on trunk " + route.trunk() + " (expected: one of "
                                + String.join(
                                        ", ", pool.trunks().stream().sorted().toList()) + ")"));
            }
        }
        return problems;
    }

    /// What is broken already keeps nobody from mending something else.
    private static void add(String key, List<String> then, List<String> now, List<Problem> problems) {
        then.stream()
                .filter(problem -> !now.contains(problem))
                .forEach(problem -> problems.add(new Problem(0, key, problem)));
    }

    /// The engine first: it may still refuse, and nothing has changed then.
    private Reloaded use(ServerConfig next) throws IOException {
        var report = engine.reload(next.engine());
        try {
            return follow(next, report);
        } catch (RuntimeException e) {
            LOG.error("reloaded in part: the trunks are in use, pools and routes are not; reload again");
            throw new CompletionException("the trunks are in use, pools and routes are not; reload again", e);
        }
    }

    /// A route over a trunk that is gone is passed over from here on.
    private Reloaded follow(ServerConfig next, ReloadReport report) {
        var trunks = next.engine().trunks();
        ways.health().use(trunks.stream().map(TrunkConfig::name).toList());
        var pools = kept.declarations().replacePools(next.declared().pools());
        ways.books().forEach(book -> book.use(trunks));
        List<Route> routes = next.declared().routes();
        boolean others = !routes.equals(ways.routing().routes());
        ways.routing().use(routes);
        ways.network().set(new Network(trunks, routes));
        var waiting = new ArrayList<>(
                report.needRestart().stream().map(part -> "engine." + part).toList());
        waiting.addAll(started.differences(next));
        return new Reloaded.Done(report.trunks(), others, pools, waiting);
    }

    private static void tell(Reloaded.Done done) {
        LOG.info(
                "reloaded: trunks {}; routes {}; pools changed: {}",
                done.trunks().stream()
                        .map(change -> change.trunk() + " " + change.kind())
                        .toList(),
                done.routes() ? "changed" : "unchanged",
                done.pools());
        if (!done.needRestart().isEmpty()) {
            LOG.warn(
                    "reloaded, but these have changed too and are used from the next start on: {}", done.needRestart());
        }
    }

    private static String text(Problem problem) {
        return (problem.line() > 0 ? "line " + problem.line() + ": " : "") + problem.key() + ": " + problem.text();
    }
}
