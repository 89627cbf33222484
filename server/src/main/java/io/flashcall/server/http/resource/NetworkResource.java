package io.flashcall.server.http.resource;

import io.flashcall.engine.TrunkConfig;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Page;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.routing.Route;
import io.flashcall.verification.routing.Routing;
import io.flashcall.verification.routing.TrunkHealth;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/trunks` and `/v1/routes`: the ways into the telephone network, to read; they are configured in the file.
public final class NetworkResource {

    private final List<TrunkConfig> trunks;
    private final Routing routing;
    private final TrunkHealth health;
    private final InstantSource clock;

    public NetworkResource(List<TrunkConfig> trunks, Routing routing, TrunkHealth health, InstantSource clock) {
        this.trunks =
                trunks.stream().sorted(Comparator.comparing(TrunkConfig::name)).toList();
        this.routing = routing;
        this.health = health;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        var admin = Set.of(Scope.ADMIN);
        return List.of(
                new Endpoint("GET", "/v1/trunks", admin, this::trunks),
                new Endpoint("GET", "/v1/routes", admin, this::routes));
    }

    private Reply trunks(Call call) {
        return Page.cut(trunks, call.query(), TrunkConfig::name, this::trunk);
    }

    /// In the configured order, all of them: they have no name to go on from.
    private Reply routes(Call call) {
        call.query().done();
        return Page.of(routing.routes().stream().map(NetworkResource::route).toList(), Optional.empty());
    }

    private ObjectNode trunk(TrunkConfig trunk) {
        var now = clock.instant();
        var state = health.state(trunk.name(), now);
        var node = Json.object();
        node.put("name", trunk.name());
        node.put("flash_calls_allowed", trunk.callerIds().flashCallsAllowed());
        node.put("calls_per_second", trunk.calls().callsPerSecond());
        node.put("max_channels", trunk.calls().maxChannels());
        var shown = node.putObject("health").put("up", state.up()).put("reason", state.reason());
        Json.putTime(shown, "until", Optional.of(state.until()).filter(_ -> !state.up()));
        return node;
    }

    private static ObjectNode route(Route route) {
        var node = Json.object();
        node.put("prefix", route.prefix());
        node.put("trunk", route.trunk());
        node.put("pool", route.pool());
        VerificationView.price(route.price())
                .ifPresentOrElse(price -> node.set("price", price), () -> node.putNull("price"));
        return node.put("same_country", route.sameCountry());
    }
}
