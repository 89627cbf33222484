package io.flashcall.server.http.resource;

import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.TrunkStatus;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/trunks` and `/v1/routes`: the ways into the telephone network, to read; they are configured in the file.
public final class NetworkResource {

    private final Supplier<List<TrunkStatus>> trunks;
    private final Routing routing;
    private final TrunkHealth health;
    private final InstantSource clock;

    /// @param trunks those that the engine knows, several of a name while older ones leave; may block for a moment
    public NetworkResource(
            Supplier<List<TrunkStatus>> trunks, Routing routing, TrunkHealth health, InstantSource clock) {
        this.trunks = trunks;
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
        var byName = new TreeMap<String, Standing>();
        for (var status : trunks.get()) {
            byName.merge(status.config().name(), Standing.of(status), Standing::with);
        }
        return Page.cut(List.copyOf(byName.values()), call.query(), Standing::name, this::trunk);
    }

    /// A trunk with what is left of those that had its name before.
    ///
    /// @param draining their live calls
    private record Standing(TrunkStatus status, int draining) {

        static Standing of(TrunkStatus status) {
            return new Standing(status, status.leaving() ? status.channelsInUse() : 0);
        }

        /// The one that is in use stands for both; of two that leave, the later one.
        Standing with(Standing other) {
            return new Standing(status.leaving() ? other.status : status, draining + other.draining);
        }

        String name() {
            return status.config().name();
        }
    }

    /// In the configured order, all of them: they have no name to go on from.
    private Reply routes(Call call) {
        call.query().done();
        return Page.of(routing.routes().stream().map(NetworkResource::route).toList(), Optional.empty());
    }

    private ObjectNode trunk(Standing standing) {
        var trunk = standing.status().config();
        var now = clock.instant();
        var state = health.state(trunk.name(), now);
        var node = Json.object();
        node.put("name", trunk.name());
        node.put("flash_calls_allowed", trunk.callerIds().flashCallsAllowed());
        node.put("calls_per_second", trunk.calls().callsPerSecond());
        node.put("max_channels", trunk.calls().maxChannels());
        node.put("leaving", standing.status().leaving());
        node.put("channels_in_use", standing.status().channelsInUse());
        node.put("draining_calls", standing.draining());
        node.put("credentials_rejected", standing.status().credentialsRejected());
        var gate = standing.status().gate();
        node.putObject("gate")
                .put("backing_off", gate.backingOff())
                .put("withheld", gate.withheld())
                .put("guarded", gate.guarded());
        putRegistrations(node, standing.status());
        putHosts(node, standing.status());
        var trouble = state.up() ? trouble(standing.status()) : Optional.of(state.reason());
        var shown = node.putObject("health").put("up", trouble.isEmpty()).put("reason", trouble.orElse("ok"));
        Json.putTime(shown, "until", Optional.of(state.until()).filter(_ -> !state.up()));
        return node;
    }

    /// What is wrong before any call has failed of it.
    private static Optional<String> trouble(TrunkStatus status) {
        if (status.credentialsRejected()) {
            return Optional.of("the carrier refuses our credentials");
        }
        var hosts = status.hosts();
        if (!hosts.isEmpty() && hosts.stream().allMatch(host -> host.agentsUp() == 0)) {
            return Optional.of("none of its hosts is up");
        }
        var registrations = status.registrations();
        boolean registered = registrations.isEmpty()
                || registrations.stream().anyMatch(one -> one.state() == RegistrationStatus.State.REGISTERED);
        return registered ? Optional.empty() : Optional.of("not registered");
    }

    private static void putRegistrations(ObjectNode node, TrunkStatus status) {
        var registrations = node.putArray("registrations");
        for (var one : status.registrations()) {
            registrations
                    .addObject()
                    .put("user_agent", one.agent())
                    .put("state", one.state().name().toLowerCase(Locale.ROOT))
                    .put("reason", one.reason());
        }
    }

    private static void putHosts(ObjectNode node, TrunkStatus status) {
        var hosts = node.putArray("hosts");
        for (var host : status.hosts()) {
            hosts.addObject()
                    .put("host", host.host())
                    .put("state", host.state())
                    .put("reason", host.reason())
                    .put("detail", host.detail())
                    .put("user_agents_up", host.agentsUp())
                    .put("user_agents", host.agents());
        }
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
