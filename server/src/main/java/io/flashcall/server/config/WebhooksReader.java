package io.flashcall.server.config;

import io.flashcall.engine.Cidr;
import io.flashcall.server.config.ServerConfig.DeclaredEndpoint;
import io.flashcall.server.config.ServerConfig.Network;
import io.flashcall.server.config.ServerConfig.Webhooks;
import io.flashcall.verification.EventType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `webhooks`.
final class WebhooksReader {

    private static final String PRIVATE = "allow_private_addresses";
    private static final Kind<Duration> TIMEOUT = Kind.between(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final List<String> TYPES = Arrays.stream(EventType.values())
            .filter(type -> type.isWebhook() && type != EventType.WEBHOOK_TEST)
            .map(EventType::label)
            .toList();
    private static final Kind<EventType> TYPE =
            Kind.oneOf(TYPES).map(label -> EventType.named(label).orElseThrow());
    private static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private WebhooksReader() {}

    static Webhooks read(Section section) {
        boolean allowHttp = section.value("allow_http", Kind.FLAG, false);
        var network = new Network(allowed(section), allowHttp);
        var timeout = section.value("timeout", TIMEOUT, Webhooks.DEFAULT.timeout());
        var endpoints = section.items(
                "endpoints",
                "a list of {app: ID, url: URL, secret: SECRET}",
                endpoint -> endpoint(endpoint, allowHttp));
        return new Webhooks(endpoints, timeout, network);
    }

    /// `true`, `false`, or a list of blocks.
    private static List<Cidr> allowed(Section section) {
        if (section.isScalar(PRIVATE)) {
            var kind = Kind.FLAG.expecting("true, false, or a list of addresses and blocks such as 10.0.0.0/8");
            return section.value(PRIVATE, kind, false) ? EVERYWHERE : List.of();
        }
        return section.list(PRIVATE, Kind.SOURCE);
    }

    private static Optional<DeclaredEndpoint> endpoint(Section section, boolean allowHttp) {
        var app = section.required("app", AppReader.APP);
        var url = section.required("url", AppReader.URL);
        var events = section.list("events", TYPE);
        var secret = section.required("secret", AppReader.WEBHOOK_SECRET);
        if (!allowHttp && url.filter(to -> to.startsWith("http:")).isPresent()) {
            section.refuse("url", "https://, or webhooks.allow_http: true");
        }
        return app.flatMap(id ->
                url.flatMap(to -> secret.map(key -> new DeclaredEndpoint(id, to, Set.copyOf(events), key))));
    }
}
