package io.flashcall.server.webhook;

import io.flashcall.server.net.Answer;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.net.Outgoing;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Outbox.Delivery;
import io.flashcall.verification.store.Outbox.Settlement;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one try of one delivery: signs it anew, sends the exact bytes that were signed, and says how it ended.
/// Only a 2xx is a success. Thread-safe.
public final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final GuardedHttp http;
    private final SigningSecrets secrets;
    private final WebhookCounts counts;
    private final DispatchSettings settings;
    private final InstantSource clock;

    public Courier(
            GuardedHttp http, Vault vault, WebhookCounts counts, DispatchSettings settings, InstantSource clock) {
        this.http = http;
        this.secrets = new SigningSecrets(vault);
        this.counts = counts;
        this.settings = settings;
        this.clock = clock;
    }

    DispatchSettings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    Tried deliver(Endpoint endpoint, Delivery delivery) {
        counts.onSent();
        try {
            return judge(endpoint, delivery, send(endpoint, delivery));
        } catch (RuntimeException e) {
            LOG.warn("A delivery to webhook endpoint {} was not sent", endpoint.id(), e);
            return failed(endpoint, delivery, "not sent, see the log", Duration.ZERO);
        } finally {
            counts.onEnded();
        }
    }

    private Answer send(Endpoint endpoint, Delivery delivery) {
        URI url;
        try {
            url = URI.create(endpoint.url());
        } catch (IllegalArgumentException e) {
            // Not logged: URLs of receivers may hold their secrets.
            return new Answer.Failed("the URL is none", false);
        }
        var now = clock.instant();
        var headers = secrets.signer(endpoint, now).headers("msg_" + delivery.id(), now, delivery.body());
        return http.send(Outgoing.json(url, headers, delivery.body(), settings.deadline()));
    }

    private Tried judge(Endpoint endpoint, Delivery delivery, Answer answer) {
        if (!(answer instanceof Answer.Answered answered)) {
            return failed(endpoint, delivery, answer.toString(), Duration.ZERO);
        }
        if (answered.isSuccess()) {
            counts.onDelivered();
            var done = new Settlement.Delivered(delivery.id(), clock.instant());
            return new Tried(endpoint, done, false, Optional.empty());
        }
        return switch (answered.status()) {
            case 410 -> gone(endpoint, delivery, answered);
            case 429, 503 -> failed(endpoint, delivery, answer.toString(), awayFor(answered));
            default -> failed(endpoint, delivery, answer.toString(), Duration.ZERO);
        };
    }

    private Duration awayFor(Answer.Answered answered) {
        return answered.retryAfter()
                .flatMap(header -> RetryAfter.read(header, clock.instant()))
                .orElse(Duration.ZERO);
    }

    private Tried gone(Endpoint endpoint, Delivery delivery, Answer.Answered answered) {
        counts.onFailed();
        counts.onDead();
        var dead = new Settlement.Dead(delivery.id(), clock.instant(), answered.toString());
        return new Tried(endpoint, dead, true, Optional.empty());
    }

    /// @param away how long the receiver asked not to be bothered
    private Tried failed(Endpoint endpoint, Delivery delivery, String error, Duration away) {
        counts.onFailed();
        var now = clock.instant();
        var pause = settings.schedule().pauseAfter(delivery.tries().made() + 1, ThreadLocalRandom.current());
        Optional<Instant> quiet = away.isZero() ? Optional.empty() : Optional.of(now.plus(away));
        if (pause.isEmpty()) {
            counts.onDead();
            return new Tried(endpoint, new Settlement.Dead(delivery.id(), now, error), false, quiet);
        }
        var longer = pause.get().compareTo(away) < 0 ? away : pause.get();
        return new Tried(endpoint, new Settlement.Again(delivery.id(), now.plus(longer), error), false, quiet);
    }
}
