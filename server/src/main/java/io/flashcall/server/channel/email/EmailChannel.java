package io.flashcall.server.channel.email;

import io.flashcall.server.config.EmailChannelConfig;
import io.flashcall.verification.App;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Session;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.channel.Secret;
import io.flashcall.verification.store.Apps;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a random code by email, to the address that the start named. The mail server takes a message once: where the
/// connection breaks after all of it was sent, it may be on its way, and the plan waits for it. Thread-safe.
public final class EmailChannel implements Channel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmailChannel.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EmailChannelConfig config;
    private final Letters letters;
    private final Relay relay;
    private final MessageAttempts attempts;
    private final Apps apps;
    private final AttemptListener listener;

    /// @param attempts prepares them
    /// @throws java.io.UncheckedIOException when the certificates to be trusted cannot be read
    public EmailChannel(EmailChannelConfig config, MessageAttempts attempts, Apps apps, AttemptListener listener) {
        this.config = config;
        this.letters = new Letters(config);
        this.relay = new Relay(config, PAUSE);
        this.attempts = attempts;
        this.apps = apps;
        this.listener = listener;
    }

    @Override
    public ChannelName name() {
        return config.name();
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        return session.opening().intent().email().isEmpty()
                ? new Preparation.Unavailable("the start named no email address")
                : attempts.prepare(session, launch);
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        listener.onEnded(session.id(), attempt.number(), send(session, attempt, secret));
    }

    /// What was sent cannot be called back.
    @Override
    public void hangUp(Session session, Attempt attempt) {}

    @Override
    public void close() {
        relay.close();
    }

    private AttemptResult send(Session session, Attempt attempt, Secret secret) {
        try {
            return result(relay.deliver(letters.write(session, attempt, secret.code(), title(session))));
        } catch (MessagingException | RuntimeException e) {
            // Without what was thrown: it may hold the address, or the code.
            LOG.warn(
                    "Channel {} could not write a message: {}",
                    config.name(),
                    e.getClass().getSimpleName());
            return lost("provider_unreachable", "the message could not be written");
        }
    }

    private AttemptResult result(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Accepted(int code) -> new AttemptResult(Verdict.DELIVERED, "accepted", "SMTP " + code, true);
            case Delivery.Refused(int code) -> lost("provider_refused", "SMTP " + code);
            case Delivery.Unsure(var reason) -> new AttemptResult(Verdict.PERHAPS, "provider_timeout", reason, true);
            case Delivery.Unreachable(var reason) -> lost("provider_unreachable", reason);
        };
    }

    private static AttemptResult lost(String outcome, String detail) {
        return new AttemptResult(Verdict.NEXT_CHANNEL, outcome, detail, false);
    }

    private String title(Session session) {
        var app = session.opening().app();
        return apps.find(app).map(App::title).orElse(app.value());
    }
}
