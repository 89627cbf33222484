package io.flashcall.server.config;

import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Price;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.PoolRule;
import io.flashcall.verification.number.StrengthRule;
import io.flashcall.verification.store.FixedPools;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one part of a configuration says about another.
///
/// @param config all of it
/// @param root   where problems are told, with their lines
record CrossChecks(ServerConfig config, Section root) {

    static void run(ServerConfig config, Section root) {
        var checks = new CrossChecks(config, root);
        checks.pools();
        checks.routes();
        checks.apps();
        checks.strength();
        checks.endpoints();
        checks.prices();
        checks.budgets();
    }

    private void pools() {
        var rule = new PoolRule(config.engine().trunks());
        for (var pool : config.declared().pools()) {
            var at = "pools." + pool.name();
            if (!root.faultyBelow(at)) {
                for (var problem : rule.check(pool)) {
                    root.tellAt(at + "." + problem.field(), problem.detail());
                }
            }
        }
    }

    /// Only where everything that it depends on is in order.
    private void strength() {
        if (root.faultyBelow("routes") || root.faultyBelow("pools") || root.faultyBelow("engine")) {
            return;
        }
        var book = new PoolBook(
                new FixedPools(config.declared().pools()), config.engine().trunks(), new SecureRandom());
        var rule = new StrengthRule(book);
        for (var app : config.declared().apps()) {
            for (var problem : rule.check(app, config.declared().routes())) {
                var at = "apps." + app.id();
                root.tellAt(problem.field().equals("policy") ? at : at + "." + problem.field(), problem.detail());
            }
        }
    }

    private void routes() {
        if (root.faultyBelow("routes") || root.faultyBelow("pools")) {
            return;
        }
        var trunks = config.engine().trunks().stream().map(TrunkConfig::name).toList();
        var pools = new LinkedHashMap<String, Pool>();
        config.declared().pools().forEach(pool -> pools.put(pool.name(), pool));
        var elsewhere = config.declared().poolsOfApi();
        var routes = config.declared().routes();
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            var at = "routes[" + i + "].";
            boolean trunkKnown = trunks.contains(route.trunk());
            if (!trunkKnown) {
                unknown(at + "trunk", route.trunk(), trunks);
            }
            var pool = pools.get(route.pool());
            if (pool == null && !elsewhere.contains(route.pool())) {
                unknown(at + "pool", route.pool(), pools.keySet());
            } else if (pool != null && trunkKnown && !pool.trunks().contains(route.trunk())) {
                root.tellAt(
                        at + "pool", route.pool() + " (expected: a pool that trunk " + route.trunk() + " may show)");
            }
        }
    }

    private void apps() {
        if (root.faultyBelow("channels")) {
            return;
        }
        var channels = config.outgoing().channels().stream()
                .map(ChannelConfig::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        channels.addFirst(ChannelName.FLASH_CALL);
        for (var app : config.declared().apps()) {
            var at = "apps." + app.id() + ".";
            channels(at + "channels", app.policy(), channels);
            app.purposes().forEach((purpose, policy) -> {
                if (!policy.channels().equals(app.policy().channels())) {
                    channels(at + "purposes." + purpose + ".channels", policy, channels);
                }
            });
        }
    }

    private void channels(String at, Policy policy, Set<ChannelName> known) {
        for (var channel : policy.channels()) {
            if (!known.contains(channel.name())) {
                unknown(
                        at,
                        channel.name().value(),
                        known.stream().map(ChannelName::value).toList());
            }
        }
    }

    private void endpoints() {
        if (root.faultyBelow("webhooks") || root.faultyBelow("apps")) {
            return;
        }
        var apps =
                config.declared().apps().stream().map(app -> app.id().value()).toList();
        var endpoints = config.outgoing().webhooks().endpoints();
        var seen = new HashSet<String>();
        for (int i = 0; i < endpoints.size(); i++) {
            var app = endpoints.get(i).app().value();
            if (!apps.contains(app)) {
                unknown("webhooks.endpoints[" + i + "].app", app, apps);
            }
            if (!seen.add(app + " " + endpoints.get(i).url())) {
                root.tellAt("webhooks.endpoints[" + i + "].url", "given twice for app " + app + " (expected: once)");
            }
        }
    }

    /// A price that nothing is billed by is a misspelt one.
    private void prices() {
        if (root.faultyBelow("engine") || root.faultyBelow("channels")) {
            return;
        }
        var prices = config.declared().prices();
        var trunks = config.engine().trunks().stream().map(TrunkConfig::name).collect(Collectors.toSet());
        var channels = Stream.concat(
                        Stream.concat(Stream.of(ChannelName.FLASH_CALL), prices.compareWith().stream()),
                        config.outgoing().channels().stream().map(ChannelConfig::name))
                .map(ChannelName::value)
                .collect(Collectors.toSet());
        var known = new TreeSet<>(trunks);
        known.addAll(channels);
        prices.routes().forEach((route, where) -> {
            if (!known.contains(route)) {
                root.tellAt(
                        "prices.sheets",
                        where + ": route: " + Masking.mask(route) + " (expected: one of " + String.join(", ", known)
                                + ")");
            } else if (trunks.contains(route) && channels.contains(route)) {
                root.tellAt("prices.sheets", where + ": route: " + route + " names a trunk and a channel");
            }
        });
    }

    /// A budget in a currency that nothing costs would never be used.
    private void budgets() {
        if (root.faultyBelow("prices") || root.faultyBelow("routes") || root.faultyBelow("channels")) {
            return;
        }
        for (var app : config.declared().apps()) {
            var budget = app.guard().budget();
            var at = "apps." + app.id() + ".budget.";
            budget.day().ifPresent(amount -> currency(at + "day", amount));
            budget.month().ifPresent(amount -> currency(at + "month", amount));
        }
    }

    private void currency(String at, Price amount) {
        var known = config.currencies();
        if (!known.contains(amount.currency())) {
            root.tellAt(
                    at,
                    amount + " (expected: a currency that prices are in: "
                            + (known.isEmpty() ? "there are no prices" : String.join(", ", known)) + ")");
        }
    }

    private void unknown(String at, String name, Collection<String> known) {
        var expected = known.isEmpty() ? "one that this file declares" : "one of " + String.join(", ", known);
        root.tellAt(at, Masking.mask(name) + " is not declared (expected: " + expected + ")");
    }
}
