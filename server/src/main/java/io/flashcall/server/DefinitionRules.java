package io.flashcall.server;

import io.flashcall.engine.TrunkConfig;
import io.flashcall.server.config.ServerConfig.Declared;
import io.flashcall.verification.App;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.PoolRule;
import io.flashcall.verification.number.Problem;
import io.flashcall.verification.number.StrengthRule;
import io.flashcall.verification.routing.Route;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.FixedPools;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Holds apps and pools against everything else that is configured.
///
/// @param network  as it is at the moment
/// @param apps     all that there are
/// @param paid     what sends cost, and by what
record DefinitionRules(Supplier<Network> network, StrengthRule strength, Apps apps, Paid paid) {

    /// @param trunks of the engine
    /// @param routes over them
    record Network(List<TrunkConfig> trunks, List<Route> routes) {}

    /// @param channels   that are configured
    /// @param currencies that prices are in
    record Paid(Set<ChannelName> channels, Set<String> currencies) {}

    /// @throws UnusableConfigException with every problem of what a file declares
    void requireUsable(Declared declared) {
        var problems = new ArrayList<String>();
        for (var pool : declared.pools()) {
            ownProblems(pool).forEach(problem -> problems.add("pools." + pool.name() + "." + problem));
        }
        for (var app : declared.apps()) {
            problems(app).forEach(problem -> problems.add("apps." + app.id() + "." + problem));
        }
        if (!problems.isEmpty()) {
            throw new UnusableConfigException(problems);
        }
    }

    /// A pool that the API is asked to save: it must also be large enough for every app that calls from it.
    List<String> problems(Pool pool) {
        var problems = new ArrayList<>(ownProblems(pool));
        if (problems.isEmpty()) {
            var alone = new StrengthRule(
                    new PoolBook(new FixedPools(List.of(pool)), network.get().trunks(), new SecureRandom()));
            var routes = network.get().routes().stream()
                    .filter(route -> route.pool().equals(pool.name()))
                    .toList();
            for (var app : apps.list()) {
                alone.check(app, routes)
                        .forEach(problem -> problems.add("numbers: for app " + app.id() + ": " + problem.detail()));
            }
        }
        return problems;
    }

    /// What a pool breaks by itself, and together with its trunks.
    List<String> ownProblems(Pool pool) {
        return new PoolRule(network.get().trunks())
                .check(pool).stream().map(DefinitionRules::text).toList();
    }

    List<String> problems(App app) {
        var problems = new ArrayList<String>();
        Stream.concat(Stream.of(app.policy()), app.purposes().values().stream())
                .map(Policy::channels)
                .flatMap(List::stream)
                .map(PlannedChannel::name)
                .filter(name -> !paid.channels().contains(name))
                .distinct()
                .forEach(name -> problems.add("channels: " + name + " is not configured (expected: some of "
                        + paid.channels().stream()
                                .map(ChannelName::value)
                                .sorted()
                                .toList() + ")"));
        strength.check(app, network.get().routes()).forEach(problem -> problems.add(text(problem)));
        budgetProblem("day", app.guard().budget().day()).ifPresent(problems::add);
        budgetProblem("month", app.guard().budget().month()).ifPresent(problems::add);
        return problems;
    }

    /// A budget in a currency that nothing costs would never be used.
    private Optional<String> budgetProblem(String period, Optional<Price> amount) {
        var known = paid.currencies();
        return amount.filter(budget -> !known.contains(budget.currency()))
                .map(budget -> "budget." + period + ": " + budget + " (expected: a currency that prices are in: "
                        + (known.isEmpty() ? "there are no prices" : String.join(", ", known)) + ")");
    }

    private static String text(Problem problem) {
        return problem.field() + ": " + problem.detail();
    }
}
