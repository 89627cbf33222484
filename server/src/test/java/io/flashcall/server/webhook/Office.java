package io.flashcall.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.Cidr;
import io.flashcall.server.net.AddressGuard;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.net.Receiver;
import io.flashcall.verification.AppId;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Endpoints.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A dispatcher at work over a store in memory, with a clock that is moved by hand.
final class Office implements AutoCloseable {

    static final DispatchSettings QUICK = new DispatchSettings(
            8,
            Duration.ofMillis(400),
            Duration.ofMillis(20),
            Duration.ofSeconds(30),
            RetrySchedule.STANDARD,
            Duration.ZERO);

    final HandClock clock = new HandClock();
    final MemoryEndpoints endpoints = new MemoryEndpoints();
    final MemoryOutbox outbox = new MemoryOutbox(endpoints);
    final WebhookCounts counts = new WebhookCounts();
    final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    private final GuardedHttp http;
    private final Dispatcher dispatcher;
    private final Random random = new Random(1);

    Office(DispatchSettings settings) {
        this(settings, new AddressGuard(List.of(Cidr.parse("127.0.0.0/8"))));
    }

    Office(DispatchSettings settings, AddressGuard guard) {
        http = new GuardedHttp(guard);
        dispatcher = new Dispatcher(outbox, endpoints, new Courier(http, vault, counts, settings, clock));
    }

    Office open() {
        dispatcher.start();
        return this;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /// An endpoint whose secrets, newest first, do not expire.
    void endpoint(String id, Receiver receiver, String... secrets) {
        endpoint(
                id,
                receiver.url("/hook").toString(),
                List.of(secrets).stream()
                        .map(secret -> secret(id, secret, Optional.empty()))
                        .toList());
    }

    void endpoint(String id, String url, List<Secret> secrets) {
        endpoints.save(new Endpoint(id, new AppId("shop"), url, Set.of(), secrets, Optional.empty()));
    }

    Secret secret(String endpoint, String secret, Optional<Instant> expiresAt) {
        return new Secret(vault.seal(secret, endpoint), expiresAt);
    }

    SessionId session() {
        return SessionId.next(clock.instant(), random);
    }

    /// One event of a session of its own.
    long event(String endpoint, String body) {
        return event(endpoint, session(), 1, body);
    }

    long event(String endpoint, SessionId session, int sequence, String body) {
        return outbox.write(endpoint, session, sequence, body, clock.instant());
    }

    MemoryOutbox.Row awaitTries(long delivery, int tries) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(outbox.row(delivery).delivery().tries().made())
                                .isEqualTo(tries));
        return outbox.row(delivery);
    }

    MemoryOutbox.Row awaitDelivered(long delivery) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(outbox.row(delivery).state()).isEqualTo(MemoryOutbox.State.DELIVERED));
        return outbox.row(delivery);
    }

    @Override
    public void close() {
        dispatcher.close(Duration.ofMillis(100));
        http.close();
    }
}
