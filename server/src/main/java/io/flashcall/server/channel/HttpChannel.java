package io.flashcall.server.channel;

import io.flashcall.server.channel.smpp.SmsParts;
import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.net.Answer;
import io.flashcall.server.net.GuardedHttp;
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
import io.flashcall.verification.pricing.Increment;
import io.flashcall.verification.pricing.Usage;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.SentMessages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a random code through a provider that is asked over HTTP: SMS, WhatsApp, Viber, a voice that speaks.
/// The request goes out once: where no answer comes, the message may have gone all the same, and the plan waits
/// for it. Thread-safe.
public final class HttpChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(HttpChannel.class);

    /// As long as a call counts of which nobody says how long it took.
    private static final Duration A_CALL = Duration.ofMinutes(1);

    private final HttpChannelConfig config;
    private final ProviderRequest request;
    private final SuccessCheck success;
    private final GuardedHttp http;
    private final MessageAttempts attempts;
    private final Apps apps;
    private final Ears ears;

    /// @param attempts prepares them
    /// @param http may reach what the provider's configuration allows
    public HttpChannel(HttpChannelConfig config, GuardedHttp http, MessageAttempts attempts, Apps apps, Ears ears) {
        this.config = config;
        this.request = new ProviderRequest(config);
        this.success = new SuccessCheck(config.answers().success());
        this.http = http;
        this.attempts = attempts;
        this.apps = apps;
        this.ears = ears;
    }

    /// Who hears what becomes of messages.
    ///
    /// @param listener at once
    /// @param sent     under which id the provider will report of one later; returns after that is saved
    public record Ears(AttemptListener listener, Consumer<List<SentMessages.Part>> sent, InstantSource clock) {}

    @Override
    public ChannelName name() {
        return config.name();
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        return attempts.prepare(session, launch);
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        ears.listener().onEnded(session.id(), attempt.number(), send(session, attempt, secret));
    }

    /// What was sent cannot be called back.
    @Override
    public void hangUp(Session session, Attempt attempt) {}

    private AttemptResult send(Session session, Attempt attempt, Secret secret) {
        try {
            var answer = http.send(request.fill(session, attempt, secret.code(), title(session)));
            var result = result(answer, usage(session, attempt, secret));
            if (answer instanceof Answer.Answered answered && result.verdict() == Verdict.DELIVERED) {
                note(session, attempt, answered);
            }
            return result;
        } catch (RuntimeException e) {
            // Without what was thrown: its message may hold the URL, and that the code.
            LOG.warn(
                    "Channel {} could not ask its provider: {}",
                    config.name(),
                    e.getClass().getSimpleName());
            return refused("provider_unreachable", "the request could not be made");
        }
    }

    /// What cannot be noted is sent all the same; its receipts will find nothing.
    private void note(Session session, Attempt attempt, Answer.Answered answered) {
        try {
            config.answers()
                    .messageId()
                    .flatMap(pointer -> JsonValue.text(answered.body(), pointer))
                    .ifPresent(id -> ears.sent()
                            .accept(List.of(new SentMessages.Part(
                                    config.name(),
                                    id,
                                    session.id(),
                                    attempt.number(),
                                    1,
                                    ears.clock().instant()))));
        } catch (RuntimeException e) {
            LOG.error("{}: the provider's id of attempt {} is not kept", session.id(), attempt.number(), e);
        }
    }

    /// Providers do not say what they will bill. A call that says a code takes less than a minute, and the parts of a
    /// text can be counted.
    private Usage usage(Session session, Attempt attempt, Secret secret) {
        var increment = attempt.plan().quote().map(quote -> quote.rate().increment());
        return switch (increment.orElseGet(Increment.Attempt::new)) {
            case Increment.Time _ -> new Usage(1, A_CALL);
            case Increment.Part _ -> {
                var template = config.texts().message(session.opening().intent().language());
                var text = MessageValues.of(session, attempt, secret.code(), title(session))
                        .text(template);
                yield Usage.ofParts(SmsParts.of(text));
            }
            case Increment.Attempt _, Increment.Reached _ -> Usage.ONE;
        };
    }

    private AttemptResult result(Answer answer, Usage usage) {
        return switch (answer) {
            case Answer.Answered answered
            when success.accepts(answered) ->
                new AttemptResult(Verdict.DELIVERED, "accepted", answered.toString(), true, usage);
            case Answer.Answered answered -> refused("provider_refused", answered.toString());
            case Answer.Refused refused -> refused("provider_unreachable", refused.toString());
            case Answer.Failed failed
            when failed.mayHaveActed() ->
                new AttemptResult(Verdict.PERHAPS, "provider_timeout", failed.reason(), true, usage);
            case Answer.Failed failed -> refused("provider_unreachable", failed.reason());
        };
    }

    private static AttemptResult refused(String outcome, String detail) {
        return new AttemptResult(Verdict.NEXT_CHANNEL, outcome, detail, false);
    }

    private String title(Session session) {
        var app = session.opening().app();
        return apps.find(app).map(App::title).orElse(app.value());
    }
}
