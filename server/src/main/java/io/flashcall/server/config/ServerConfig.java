package io.flashcall.server.config;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.EngineConfig;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Price;
import io.flashcall.verification.channel.ChannelRules;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.routing.Route;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the service runs with. Read by [ServerConfigReader]; explained, key by key, in `conf/server.yaml`.
///
/// @param http     the API's side
/// @param storage  what is kept where, and for how long
/// @param engine   trunks and the user agents that call over them
/// @param declared apps, pools, routes and prices of the file
/// @param limits   how often is too often
/// @param outgoing whom the service itself asks and tells
public record ServerConfig(
        Http http, Storage storage, EngineConfig engine, Declared declared, Limits limits, Outgoing outgoing) {

    /// Every currency that prices are in.
    public Set<String> currencies() {
        var currencies = new TreeSet<>(declared.prices().currencies());
        declared.routes().forEach(route -> route.price().map(Price::currency).ifPresent(currencies::add));
        outgoing.channels()
                .forEach(channel -> channel.price().map(Price::currency).ifPresent(currencies::add));
        return currencies;
    }

    /// Keys of what is not in `engine`, `pools` and `routes` and differs in another configuration.
    public List<String> differences(ServerConfig other) {
        var keys = new ArrayList<String>();
        add("listen", http.listen, other.http.listen, keys);
        add("trusted_proxies", http.trustedProxies, other.http.trustedProxies, keys);
        add("body_limit", http.bodyLimit, other.http.bodyLimit, keys);
        add("request_timeout", http.requestTimeout, other.http.requestTimeout, keys);
        add("public_url", http.publicUrl, other.http.publicUrl, keys);
        add("store", storage.store, other.storage.store, keys);
        add("retention", storage.retention, other.storage.retention, keys);
        add("master_key", storage.masterKey, other.storage.masterKey, keys);
        add("apps", declared.apps, other.declared.apps, keys);
        add("prices", declared.prices, other.declared.prices, keys);
        add("limits", limits, other.limits, keys);
        boolean sameChannels = outgoing.channels.equals(other.outgoing.channels);
        add("channels", true, sameChannels && outgoing.rules.equals(other.outgoing.rules), keys);
        add("webhooks", outgoing.webhooks, other.outgoing.webhooks, keys);
        return keys;
    }

    private static void add(String key, Object ours, Object theirs, List<String> keys) {
        if (!ours.equals(theirs)) {
            keys.add(key);
        }
    }

    /// @param listen         where the API listens; port 0: any free port
    /// @param trustedProxies whose `X-Forwarded-For` is believed
    /// @param bodyLimit      longest request body in bytes
    /// @param requestTimeout for the body of a request to come
    /// @param publicUrl      how others reach us, without a slash at its end: `https://verify.shop.example`
    public record Http(
            InetSocketAddress listen,
            List<Cidr> trustedProxies,
            int bodyLimit,
            Duration requestTimeout,
            Optional<String> publicUrl) {

        public static final Http DEFAULT = new Http(
                Addresses.parse("127.0.0.1:8080", 0), List.of(), 64 * 1024, Duration.ofSeconds(10), Optional.empty());

        public Http {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /// @param store     where
    /// @param retention how long ended sessions keep numbers and addresses
    /// @param masterKey what secrets at rest are protected by
    public record Storage(StoreConfig store, Duration retention, MasterKey masterKey) {

        public static final Storage DEFAULT = new Storage(
                new StoreConfig.File(Path.of("./data/flashcall.db")),
                Duration.ofDays(30),
                new MasterKey.InFile(Path.of("./data/master.key")));
    }

    /// What the file declares, in its order.
    ///
    /// @param poolsOfApi names of pools that routes may draw from although the file does not declare them
    /// @param prices     of its rate sheets
    public record Declared(
            List<App> apps, List<Pool> pools, List<Route> routes, Set<String> poolsOfApi, Prices prices) {

        public Declared {
            apps = List.copyOf(apps);
            pools = List.copyOf(pools);
            routes = List.copyOf(routes);
            poolsOfApi = Set.copyOf(poolsOfApi);
        }
    }

    /// @param channels providers besides the flash call
    /// @param rules    of channels, the flash call's too, by their names
    /// @param webhooks where apps are told of events
    public record Outgoing(List<ChannelConfig> channels, Map<ChannelName, ChannelRules> rules, Webhooks webhooks) {

        public Outgoing {
            channels = List.copyOf(channels);
            rules = Map.copyOf(rules);
        }

        /// What holds for a channel.
        public ChannelRules rulesOf(ChannelName channel) {
            return rules.getOrDefault(channel, ChannelRules.NONE);
        }
    }

    /// @param endpoints that the file declares; the API may add others
    /// @param timeout   for one delivery
    /// @param network   where webhooks and authorization questions may go
    public record Webhooks(List<DeclaredEndpoint> endpoints, Duration timeout, Network network) {

        public static final Webhooks DEFAULT = new Webhooks(List.of(), Duration.ofSeconds(10), Network.PUBLIC);

        public Webhooks {
            endpoints = List.copyOf(endpoints);
        }
    }

    /// @param events empty: all that webhooks are told of
    /// @param secret `whsec_…` that signs
    public record DeclaredEndpoint(AppId app, String url, Set<EventType> events, String secret) {

        public DeclaredEndpoint {
            events = Set.copyOf(events);
        }

        @Override
        public String toString() {
            return "DeclaredEndpoint[" + app + "]";
        }
    }

    /// @param allowed   private, loopback and link-local addresses that may be connected to all the same
    /// @param allowHttp whether `http://` will do
    public record Network(List<Cidr> allowed, boolean allowHttp) {

        /// Public addresses over TLS alone.
        public static final Network PUBLIC = new Network(List.of(), false);

        public Network {
            allowed = List.copyOf(allowed);
        }
    }
}
