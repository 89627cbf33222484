package io.flashcall.server.http.resource;

import io.flashcall.server.config.Codec;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.Policy;
import io.flashcall.verification.number.CallerIdPools;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.Strength;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.Pools;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/pools`: caller-id pools, for admins, each with how hard its codes are to guess.
public final class PoolResource {

    private static final int SHORTEST_CODE = 4;
    private static final int LONGEST_CODE = 6;
    private static final double DECIMALS = 1e6;

    private final Pools pools;
    private final CallerIdPools strengths;
    private final Definition<Pool> definition;
    private final PoolRules rules;
    private final Predicate<String> declared;

    /// @param declared whether the configuration file has a pool of that name: not to be changed here
    public PoolResource(
            Pools pools, CallerIdPools strengths, Codec<Pool> codec, PoolRules rules, Predicate<String> declared) {
        this.pools = pools;
        this.strengths = strengths;
        this.definition = new Definition<>(codec, "name", Set.of("declared", "strength"));
        this.rules = rules;
        this.declared = declared;
    }

    public List<Endpoint> endpoints() {
        var admin = Set.of(Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/pools", admin, this::list),
                new Endpoint("POST", "/v1/pools", admin, this::create),
                new Endpoint("GET", "/v1/pools/{name}", admin, this::one),
                new Endpoint("PUT", "/v1/pools/{name}", admin, this::replace),
                new Endpoint("DELETE", "/v1/pools/{name}", admin, this::delete));
    }

    private Reply list(Call call) {
        var all = pools.list().stream().sorted(Comparator.comparing(Pool::name)).toList();
        return Page.cut(all, call.query(), Pool::name, this::view);
    }

    private Reply one(Call call) {
        call.query().done();
        return Reply.json(200, view(find(call)));
    }

    private Reply create(Call call) {
        var pool = definition.read(call.body(), Optional.empty(), Optional.empty());
        if (pools.find(pool.name()).isPresent()) {
            throw Problem.ALREADY_EXISTS.with("There is a pool “" + pool.name() + "” already; PUT replaces it.");
        }
        return Reply.json(201, view(save(pool))).header("Location", "/v1/pools/" + pool.name());
    }

    private Reply replace(Call call) {
        var name = call.parameter("name");
        refuseDeclared(name);
        var before = pools.find(name);
        var pool = definition.read(call.body(), Optional.of(name), before);
        return Reply.json(before.isPresent() ? 200 : 201, view(save(pool)));
    }

    private Reply delete(Call call) {
        var name = find(call).name();
        refuseDeclared(name);
        pools.delete(name);
        return Reply.noContent();
    }

    private Pool save(Pool pool) {
        Definition.require(rules.problems(pool));
        pools.save(pool);
        return pool;
    }

    private Pool find(Call call) {
        return pools.find(call.parameter("name"))
                .orElseThrow(() -> Problem.NOT_FOUND.with("There is no pool of this name; GET /v1/pools lists them."));
    }

    private void refuseDeclared(String name) {
        if (declared.test(name)) {
            throw Problem.DECLARED_IN_CONFIGURATION.with(
                    "The pool “" + name + "” is declared in the configuration file: change it there.");
        }
    }

    private ObjectNode view(Pool pool) {
        var node = definition.view(pool, declared.test(pool.name()));
        var all = node.putArray("strength");
        for (int length = SHORTEST_CODE; length <= LONGEST_CODE; length++) {
            int digits = length;
            strengths.strength(pool.name(), length).ifPresent(strength -> all.add(strength(strength, digits)));
        }
        return node;
    }

    /// The chance is that of a session with the usual checks, each of whose usual sends showed another code.
    private static ObjectNode strength(Strength strength, int length) {
        double chance = strength.guessChance(
                Policy.DEFAULT.checks().usual(), Policy.DEFAULT.sends().usual());
        var node = Json.object();
        node.put("code_length", length);
        node.put("distinct", strength.distinct());
        node.put("bits", Math.round(strength.bits() * 100) / 100.0);
        node.put("guess_chance", Math.round(chance * DECIMALS) / DECIMALS);
        return node;
    }
}
