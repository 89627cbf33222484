package io.flashcall.server.http;

import io.flashcall.server.config.Addresses;
import io.flashcall.server.http.access.Forwarding;
import io.flashcall.server.http.access.Gate;
import io.flashcall.server.http.access.Origins;
import io.flashcall.server.http.access.SessionAccess;
import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.docs.DocsResource;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.resource.AppResource;
import io.flashcall.server.http.resource.CostsResource;
import io.flashcall.server.http.resource.DeliveryResource;
import io.flashcall.server.http.resource.HealthResource;
import io.flashcall.server.http.resource.Idempotency;
import io.flashcall.server.http.resource.KeyResource;
import io.flashcall.server.http.resource.NetworkResource;
import io.flashcall.server.http.resource.PoolResource;
import io.flashcall.server.http.resource.QuarantineResource;
import io.flashcall.server.http.resource.ReceiptResource;
import io.flashcall.server.http.resource.ReloadResource;
import io.flashcall.server.http.resource.StatsResource;
import io.flashcall.server.http.resource.VerificationActions;
import io.flashcall.server.http.resource.VerificationReads;
import io.flashcall.server.http.resource.VerificationStart;
import io.flashcall.server.http.resource.VerificationStream;
import io.flashcall.server.http.resource.WebhookForms;
import io.flashcall.server.http.resource.WebhookResource;
import io.flashcall.server.http.resource.WebhookSecrets;
import io.flashcall.server.http.stream.SessionFeed;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The running HTTP API. Closing it ends its streams, lets requests in progress end, and frees the port. Thread-safe.
public final class HttpApi implements AutoCloseable {

    // Held, since java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");
    // What it says when it cannot listen is thrown instead.
    private static final Logger START_LOG = Logger.getLogger("io.helidon.webserver.LoomServer");
    private static final int LONGEST_HEADERS = 32 * 1024;
    private static final int BACKLOG = 1024;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final WebServer server;
    private final SessionFeed feed;
    private final SlowBodies slow;

    private HttpApi(WebServer server, SessionFeed feed, SlowBodies slow) {
        this.server = server;
        this.feed = feed;
        this.slow = slow;
    }

    /// Listens from now on.
    ///
    /// @throws UncheckedIOException when the address cannot be listened on, naming it
    public static HttpApi start(HttpSettings settings, Services services) {
        SERVER_LOG.setLevel(Level.WARNING);
        START_LOG.setLevel(Level.OFF);
        var slow = new SlowBodies(settings.requestTimeout());
        var server = server(settings, carrier(settings, services, slow));
        // It says nothing when it cannot listen, and is not running then.
        server.start();
        if (!server.isRunning()) {
            slow.close();
            var problem =
                    "cannot listen on " + Addresses.text(settings.listen()) + ": is something else listening there?";
            throw new UncheckedIOException(problem, new IOException(problem));
        }
        return new HttpApi(server, services.verifying().feed(), slow);
    }

    /// Where it listens.
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        feed.close();
        server.stop();
        slow.close();
    }

    private static WebServer server(HttpSettings settings, Carrier carrier) {
        var problems = DirectHandlers.builder();
        for (var type : EventType.values()) {
            problems.addHandler(type, new DirectProblems());
        }
        // Nothing is looked up on the class path: it takes a quarter of the start, and finds nothing that we use.
        return WebServer.builder()
                .featuresDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .bindAddress(settings.listen())
                .backlog(BACKLOG)
                .maxPayloadSize(-1)
                .idleConnectionTimeout(IDLE)
                .idleConnectionPeriod(IDLE.dividedBy(4))
                .connectionOptions(options -> options.tcpNoDelay(true))
                .protocolsDiscoverServices(false)
                .addProtocol(
                        Http1Config.builder().maxHeadersSize(LONGEST_HEADERS).build())
                .directHandlers(problems.build())
                .routing(HttpRouting.builder().any(carrier))
                .build();
    }

    private static Carrier carrier(HttpSettings settings, Services services, SlowBodies slow) {
        var verifying = services.verifying();
        var clock = services.watching().clock();
        var tenants = new Tenants(services.tenancy().keys(), services.tenancy().apps());
        var idempotency = new Idempotency(verifying.requests(), verifying.vault(), clock);
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(verifications(verifying, tenants, idempotency));
        endpoints.addAll(administration(services, tenants));
        endpoints.addAll(webhooks(settings, services, tenants));
        endpoints.addAll(new StatsResource(services.watching().statistics(), clock).endpoints());
        endpoints.addAll(new CostsResource(services.watching().costs(), clock).endpoints());
        endpoints.addAll(new HealthResource(
                        services.watching().readiness(), services.watching().metrics())
                .endpoints());
        endpoints.addAll(new DocsResource().endpoints());
        var front = new Front(
                new Routes(endpoints),
                new Gate(tenants),
                new Origins(tenants),
                idempotency,
                new Front.Traffic(settings.mostRequests(), services.watching().requests()));
        return new Carrier(
                front, new BodyReader(settings.bodyLimit(), slow), new Forwarding(settings.trustedProxies()));
    }

    private static List<Endpoint> verifications(Services.Verifying services, Tenants tenants, Idempotency idempotency) {
        var verifications = services.verifications();
        var access = new SessionAccess(verifications);
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(new VerificationStart(verifications, tenants, idempotency).endpoints());
        endpoints.addAll(new VerificationActions(verifications, access).endpoints());
        endpoints.addAll(
                new VerificationReads(verifications, services.sessions(), access, services.ladders(), services.vault())
                        .endpoints());
        endpoints.addAll(new VerificationStream(verifications, access, services.feed()).endpoints());
        return endpoints;
    }

    private static List<Endpoint> administration(Services services, Tenants tenants) {
        var clock = services.watching().clock();
        var tenancy = services.tenancy();
        var numbers = services.numbers();
        var network = services.network();
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(new AppResource(tenancy.apps(), tenancy.codec(), tenancy.rules(), tenancy.declared(), tenants)
                .endpoints());
        endpoints.addAll(new KeyResource(tenancy.keys(), tenants, clock).endpoints());
        endpoints.addAll(new PoolResource(
                        numbers.pools(), numbers.strengths(), numbers.codec(), numbers.rules(), numbers.declared())
                .endpoints());
        endpoints.addAll(new QuarantineResource(
                        numbers.pools(),
                        numbers.quarantine().quarantines(),
                        numbers.quarantine().released(),
                        services.verifying().vault(),
                        clock)
                .endpoints());
        endpoints.addAll(new NetworkResource(network.trunks(), network.routing(), network.health(), clock).endpoints());
        endpoints.addAll(new ReloadResource(network.reload()).endpoints());
        return endpoints;
    }

    private static List<Endpoint> webhooks(HttpSettings settings, Services services, Tenants tenants) {
        var clock = services.watching().clock();
        var hooks = services.hooks();
        var secrets = new WebhookSecrets(services.verifying().vault(), clock);
        var forms = new WebhookForms(tenants, settings.plainWebhooks());
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(new WebhookResource(hooks.endpoints(), secrets, forms, hooks.declared()).endpoints());
        endpoints.addAll(new DeliveryResource(hooks.endpoints(), hooks.outbox(), clock).endpoints());
        endpoints.addAll(new ReceiptResource(hooks.receipts()).endpoints());
        return endpoints;
    }
}
