package io.flashcall.server.config;

import io.flashcall.engine.Cidr;
import io.flashcall.server.config.ServerConfig.DeclaredEndpoint;
import io.flashcall.server.config.ServerConfig.Webhooks;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.EventType;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.routing.Route;
import java.util.List;
import java.util.stream.Collectors;

/// Shows the configuration that a service really runs with, in the file's own notation: secrets as `***`, telephone
/// numbers masked.
public final class EffectiveServerConfig {

    private static final String HIDDEN = "***";

    private EffectiveServerConfig() {}

    /// Ends with a line feed.
    public static String text(ServerConfig config) {
        return http(config.http())
                + storage(config.storage())
                + limits(config.limits())
                + "engine:\n"
                + EffectiveConfig.print(config.engine()).indent(2)
                + list("channels", EffectiveChannels.lines(config.outgoing()))
                + list(
                        "pools",
                        config.declared().pools().stream()
                                .map(EffectiveServerConfig::pool)
                                .toList())
                + list(
                        "routes",
                        config.declared().routes().stream()
                                .map(EffectiveServerConfig::route)
                                .toList())
                + prices(config.declared().prices())
                + list(
                        "apps",
                        config.declared().apps().stream()
                                .map(app -> "  " + app.id() + ": " + new AppCodec().writeMasked(app))
                                .toList())
                + webhooks(config.outgoing().webhooks());
    }

    private static String http(ServerConfig.Http http) {
        return """
                listen: "%s"
                trusted_proxies: %s
                body_limit: %s
                request_timeout: %s
                """.formatted(
                                Addresses.text(http.listen()),
                                cidrs(http.trustedProxies()),
                                Sizes.text(http.bodyLimit()),
                                Durations.text(http.requestTimeout()))
                + http.publicUrl().map(url -> "public_url: " + url + "\n").orElse("");
    }

    private static String storage(ServerConfig.Storage storage) {
        var key = switch (storage.masterKey()) {
            case MasterKey.Given _ -> HIDDEN;
            case MasterKey.InFile(var file) -> "{file: " + file + "}";
        };
        return """
                store: %s
                retention: %s
                master_key: "%s"
                """.replace("\"%s\"", key.startsWith("{") ? "%s" : "\"%s\"")
                .formatted(store(storage.store()), Durations.text(storage.retention()), key);
    }

    private static String store(StoreConfig store) {
        return switch (store) {
            case StoreConfig.File(var path) -> "{path: " + path + "}";
            case StoreConfig.Server server ->
                "{url: \"" + server.url() + "\", user: \"" + server.user() + "\", password: \""
                        + (server.password().isEmpty() ? "" : HIDDEN) + "\", connections: " + server.connections()
                        + "}";
        };
    }

    private static String limits(Limits limits) {
        return """
                limits:
                  starts_per_destination: %s
                  starts_per_address: %s
                  failed_checks_per_day: %d
                  caller_id_cool_down: %s
                  quarantine: {destinations: %d, within: %s, for: %s}
                """.formatted(
                        rates(limits.startsPerDestination()),
                        rates(limits.startsPerAddress()),
                        limits.failedChecksPerDay(),
                        Durations.text(limits.callerIdCoolDown()),
                        limits.quarantine().destinations(),
                        Durations.text(limits.quarantine().window()),
                        Durations.text(limits.quarantine().length()));
    }

    private static String rates(Limit limit) {
        return limit.rates().stream()
                .map(rate -> rate.most() + " in " + Durations.text(rate.period()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String pool(Pool pool) {
        return "  " + pool.name() + ": " + PoolCodec.writeMasked(pool);
    }

    private static String route(Route route) {
        return "  - {prefix: \"" + route.prefix() + "\", trunk: " + route.trunk() + ", pool: " + route.pool()
                + route.price().map(price -> ", price: " + price).orElse("") + ", same_country: " + route.sameCountry()
                + "}";
    }

    private static String prices(Prices prices) {
        return "prices: {sheets: [" + String.join(", ", prices.sheets()) + "], compare_with: "
                + prices.compareWith().map(ChannelName::value).orElse("none") + "}\n";
    }

    private static String webhooks(Webhooks webhooks) {
        return "webhooks:\n  timeout: " + Durations.text(webhooks.timeout()) + "\n  allow_http: "
                + webhooks.network().allowHttp() + "\n  allow_private_addresses: "
                + cidrs(webhooks.network().allowed()) + "\n"
                + list(
                                "endpoints",
                                webhooks.endpoints().stream()
                                        .map(EffectiveServerConfig::endpoint)
                                        .toList())
                        .indent(2);
    }

    private static String endpoint(DeclaredEndpoint endpoint) {
        var events = endpoint.events().stream().map(EventType::label).sorted().toList();
        return "  - {app: " + endpoint.app() + ", url: \"" + endpoint.url().replaceFirst("\\?.*", "?" + HIDDEN)
                + "\", events: " + events + ", secret: " + HIDDEN + "}";
    }

    private static String list(String key, List<String> lines) {
        return lines.isEmpty() ? "" : key + ":\n" + String.join("\n", lines) + "\n";
    }

    private static String cidrs(List<Cidr> blocks) {
        return blocks.stream().map(block -> '"' + block.toString() + '"').collect(Collectors.joining(", ", "[", "]"));
    }
}
