package io.flashcall.cli.demo;

import io.flashcall.cli.api.ApiClient;
import io.flashcall.cli.handset.HandsetRoutes;
import io.flashcall.cli.handset.Handsets;
import io.flashcall.cli.hook.Hook;
import io.flashcall.cli.hook.HookEndpoint;
import io.flashcall.cli.hook.HookReceiver;
import io.flashcall.cli.page.AppBackend;
import io.flashcall.cli.page.OwnMachine;
import io.flashcall.cli.page.PageRoutes;
import io.flashcall.cli.page.PhoneNews;
import io.flashcall.cli.page.Visits;
import io.flashcall.cli.sandbox.SandboxConfig;
import io.flashcall.cli.serve.ServiceStarter;
import io.flashcall.cli.serve.ServiceStarter.Running;
import io.flashcall.cli.web.LocalServer;
import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import io.flashcall.testbed.RingListener;
import io.flashcall.testbed.behaviour.Dialplan;
import io.flashcall.testbed.behaviour.Switchboard;
import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import io.flashcall.verification.guard.PhoneNumberRules;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A carrier, its phones, a service that calls them, inboxes for its messages, and a receiver of its webhooks: all in
/// this process, on loopback.
final class DemoWorld implements AutoCloseable {

    /// Where the service reports to.
    static final String WEBHOOKS = "/webhooks";

    private static final AppId APP = new AppId(SandboxConfig.APP);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Handsets handsets = new Handsets(InstantSource.system());
    private final SmsReceipts receipts = new SmsReceipts();
    private final Visits visits = new Visits(InstantSource.system());
    private final PhoneNews phoneNews = new PhoneNews(visits, InstantSource.system());
    private final PageRoutes page = new PageRoutes(visits, InstantSource.system());
    private final HookLog hooks = new HookLog();
    private final HookReceiver receiver;
    private final LocalServer web;
    private final Running service;
    private final String serverKey;
    private final String publishableKey;
    private final ApiClient client;

    /// Returns when everything is ready.
    ///
    /// @param folder for the store
    /// @param port   of the API; 0: any free one
    /// @param news   hears of each webhook, on a thread of the receiver's
    /// @throws IOException when a part cannot be started
    DemoWorld(ServiceStarter services, Path folder, int port, Consumer<Hook> news)
            throws IOException, InterruptedException {
        receiver = new HookReceiver(InstantSource.system(), hook -> {
            hooks.keep(hook);
            phoneNews.hook(hook);
            news.accept(hook);
        });
        keep(receipts);
        try {
            var switchboard = new Switchboard(Dialplan.byNumber());
            var carrier = keep(Carrier.start(CarrierConfig.loopback("by-number")
                    .withDialplan(switchboard)
                    .withRings(RingListener.both(handsets, phoneNews))));
            web = keep(web(port));
            var mail = keep(MailServer.start((to, subject, text) -> phoneNews.message(to, "email", subject, text)));
            var inboxes = new SandboxConfig.Inboxes(URI.create(web.url() + "/inbox"), receipts.token(), mail.address());
            var listen = Addresses.parse("127.0.0.1:" + port, 0);
            var config = new SandboxConfig(
                            folder, listen, carrier.address(), Optional.of(inboxes), SandboxConfig.Pace.PERSON)
                    .text();
            var parsed = ServerConfigReader.parse(config, folder, Map.of());
            service = keep(services.start(parsed, () -> parsed));
            serverKey = service.createKey(Scope.SERVER, Optional.of(APP), "demo");
            publishableKey = service.createKey(Scope.PUBLISHABLE, Optional.of(APP), "demo");
            client = keep(new ApiClient(service.url(), serverKey));
            var endpoint = keep(HookEndpoint.register(client, URI.create(web.url() + WEBHOOKS), EventType::isWebhook));
            receiver.secret(endpoint.secret());
            receipts.open(service.url());
            page.open(new AppBackend(client, new PhoneNumberRules(), visits, switchboard));
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.addLast(part);
        return part;
    }

    /// Next to the API, where that is free.
    private LocalServer web(int port) {
        try {
            return web("127.0.0.1:" + (port == 0 ? 0 : port + 1));
        } catch (RuntimeException e) {
            return web("127.0.0.1:0");
        }
    }

    private LocalServer web(String address) {
        return LocalServer.start(Addresses.parse(address, 0), routes -> {
            routes.addFilter(new OwnMachine());
            new HandsetRoutes(handsets).add(routes);
            new Inbox(InstantSource.system(), (number, text) -> phoneNews.message(number, "sms", "", text), receipts)
                    .add(routes);
            page.add(routes);
            hooks.add(routes, WEBHOOKS);
            receiver.add(routes, WEBHOOKS);
        });
    }

    /// Of the API.
    URI url() {
        return service.url();
    }

    /// Of the page, phones, inbox and webhooks.
    URI phones() {
        return web.url();
    }

    Handsets handsets() {
        return handsets;
    }

    HookLog hooks() {
        return hooks;
    }

    String serverKey() {
        return serverKey;
    }

    String publishableKey() {
        return publishableKey;
    }

    /// With the server key.
    ApiClient client() {
        return client;
    }

    /// The last first.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.removeLast().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                System.getLogger(DemoWorld.class.getName()).log(System.Logger.Level.WARNING, "did not close well", e);
            }
        }
    }
}
