package io.flashcall.server.config;

import io.flashcall.engine.Cidr;
import io.flashcall.engine.E164;
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
                + list(
                        "channels",
                        config.outgoing().channels().stream()
                                .map(EffectiveServerConfig::channel)
                                .toList())
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
                        Durations.text(http.requestTimeout()));
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
                """.formatted(
                        rates(limits.startsPerDestination()),
                        rates(limits.startsPerAddress()),
                        limits.failedChecksPerDay(),
                        Durations.text(limits.callerIdCoolDown()));
    }

    private static String rates(Limit limit) {
        return limit.rates().stream()
                .map(rate -> rate.most() + " in " + Durations.text(rate.period()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String channel(ChannelConfig channel) {
        return switch (channel) {
            case HttpChannelConfig http -> http(http);
            case EmailChannelConfig email -> email(email);
            case SmppChannelConfig smpp -> smpp(smpp);
        };
    }

    /// Its URL, headers and body may hold the provider's credentials.
    private static String http(HttpChannelConfig channel) {
        var request = channel.request();
        var rule = channel.success();
        return "  " + channel.name() + ": {method: " + request.method() + ", url: \"" + origin(request.url()) + "/"
                + HIDDEN + "\", headers: "
                + request.headers().keySet().stream()
                        .sorted()
                        .map(name -> name + ": " + HIDDEN)
                        .collect(Collectors.joining(", ", "{", "}"))
                + ", body: " + HIDDEN + ", content_type: " + request.contentType() + ", success: {status: "
                + rule.minStatus() + "-" + rule.maxStatus()
                + rule.pointer().map(pointer -> ", pointer: " + pointer).orElse("")
                + rule.expected().map(value -> ", equals: " + value).orElse("")
                + "}, timeout: " + Durations.text(channel.timeout()) + ", messages: "
                + languages(channel.texts())
                + channel.price().map(price -> ", price: " + price).orElse("")
                + ", allow_private_addresses: " + request.allowPrivateAddresses() + "}";
    }

    private static String email(EmailChannelConfig channel) {
        var relay = channel.relay();
        var letter = channel.letter();
        return "  " + channel.name() + ": {type: email, host: \"" + relay.host() + "\", port: " + relay.port()
                + ", security: " + relay.security().label()
                + relay.login()
                        .map(_ -> ", user: " + HIDDEN + ", password: " + HIDDEN)
                        .orElse("")
                + relay.trust().map(file -> ", trust: " + file).orElse("")
                + ", from: \"" + channel.from() + "\", subject: " + languages(letter.subject()) + ", text: "
                + languages(letter.text())
                + letter.html().map(html -> ", html: " + languages(html)).orElse("")
                + ", timeout: " + Durations.text(channel.timeout())
                + channel.price().map(price -> ", price: " + price).orElse("") + "}";
    }

    private static List<String> languages(HttpChannelConfig.Texts texts) {
        return texts.messages().keySet().stream().sorted().toList();
    }

    private static String smpp(SmppChannelConfig channel) {
        var server = channel.server();
        var parties = channel.parties();
        var format = channel.format();
        var pace = channel.pace();
        return "  " + channel.name() + ": {type: smpp, host: \"" + server.host() + "\", port: " + server.port()
                + ", tls: "
                + server.tls() + server.trust().map(file -> ", trust: " + file).orElse("") + ", system_id: " + HIDDEN
                + ", password: " + HIDDEN + ", system_type: \"" + server.login().systemType() + "\", source: \""
                + source(parties) + "\", source_ton: " + SmppChannelReader.ton(parties.sourceKind())
                + ", source_npi: " + SmppChannelReader.npi(parties.sourceKind()) + ", destination_ton: "
                + SmppChannelReader.ton(parties.destinationKind()) + ", destination_npi: "
                + SmppChannelReader.npi(parties.destinationKind()) + ", window: " + pace.window() + ", bind_timeout: "
                + Durations.text(pace.timeouts().bind()) + ", response_timeout: "
                + Durations.text(pace.timeouts().response()) + ", enquire_link: "
                + Durations.text(pace.timeouts().enquireLink()) + ", reconnect: {min: "
                + Durations.text(pace.reconnect().least()) + ", max: "
                + Durations.text(pace.reconnect().most()) + ", down_after: "
                + Durations.text(pace.reconnect().downAfter()) + "}, patience: " + Durations.text(pace.patience())
                + ", data_coding: " + format.coding().label() + ", long_messages: "
                + format.split().label() + ", validity: " + format.validity().label() + ", message_id_radix: "
                + format.radix().label() + ", messages: "
                + languages(format.texts())
                + channel.price().map(price -> ", price: " + price).orElse("") + "}";
    }

    private static String source(SmppChannelConfig.Parties parties) {
        return parties.sourceKind().equals(SmppChannelConfig.AddressKind.E164)
                ? E164.mask("+" + parties.source())
                : parties.source();
    }

    private static String origin(String url) {
        int end = url.indexOf('/', url.indexOf("://") + 3);
        return (end < 0 ? url : url.substring(0, end)).replaceFirst("\\?.*", "");
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
