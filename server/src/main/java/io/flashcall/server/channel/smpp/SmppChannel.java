package io.flashcall.server.channel.smpp;

import io.flashcall.server.channel.MessageValues;
import io.flashcall.server.config.SmppChannelConfig;
import io.flashcall.server.metrics.SmppGauge;
import io.flashcall.verification.App;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Receipts;
import io.flashcall.verification.Session;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.channel.AttemptListener;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.channel.MessageAttempts;
import io.flashcall.verification.channel.Preparation;
import io.flashcall.verification.channel.Secret;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.SentMessages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a code as SMS through an SMSC that it stays bound to, and hears from it whether the message arrived. A message
/// that may have gone out is not sent again. Thread-safe.
public final class SmppChannel implements Channel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmppChannel.class);

    private final SmppChannelConfig config;
    private final MessageAttempts attempts;
    private final Apps apps;
    private final Told told;
    private final ReceiptReader reader;
    private final Encoder encoder;
    private final SmppCounts counts = new SmppCounts();
    private final Link link;
    private final Submitter submitter;

    private SmppChannel(SmppChannelConfig config, MessageAttempts attempts, Apps apps, Told told) {
        this.config = config;
        this.attempts = attempts;
        this.apps = apps;
        this.told = told;
        var format = config.format();
        this.reader = new ReceiptReader(format.radix());
        // Not from 0 after each start: the phone may still wait for a part of an older message of that reference.
        this.encoder = new Encoder(
                format.coding(), format.split(), ThreadLocalRandom.current().nextInt(256));
        this.link = new Link(config, new ReceiptDesk(config.name(), reader, told.receipts(), counts));
        this.submitter = new Submitter(link, config.pace().patience(), counts);
    }

    /// Who hears what becomes of messages.
    ///
    /// @param attempts at once
    /// @param receipts later
    public record Told(AttemptListener attempts, Receipts receipts) {}

    /// Begins to bind; does not wait until it is bound.
    ///
    /// @param attempts prepares them
    public static SmppChannel start(SmppChannelConfig config, MessageAttempts attempts, Apps apps, Told told) {
        var channel = new SmppChannel(config, attempts, apps, told);
        channel.link.start();
        return channel;
    }

    @Override
    public ChannelName name() {
        return config.name();
    }

    @Override
    public Preparation prepare(Session session, Launch launch) {
        return link.isGivenUp()
                ? new Preparation.Unavailable("the link to the provider is down")
                : attempts.prepare(session, launch);
    }

    @Override
    public void dispatch(Session session, Attempt attempt, Secret secret) {
        told.attempts().onEnded(session.id(), attempt.number(), send(session, attempt, secret));
    }

    /// What was sent cannot be called back.
    @Override
    public void hangUp(Session session, Attempt attempt) {}

    /// How it is doing now.
    public SmppGauge gauge() {
        return new SmppGauge(config.name().value(), link.isUp(), counts.throttledSoFar(), counts.droppedSoFar());
    }

    private AttemptResult send(Session session, Attempt attempt, Secret secret) {
        Encoder.Encoded message;
        Envelope envelope;
        try {
            message = encoder.encode(text(session, attempt, secret));
            envelope = new Envelope(
                    config.parties(), session.opening().intent().to().digits(), validity(session, attempt));
        } catch (RuntimeException e) {
            // Without what was thrown: its message may hold the text.
            LOG.warn(
                    "Channel {} could not write a message: {}",
                    config.name(),
                    e.getClass().getSimpleName());
            return new AttemptResult(
                    Verdict.NEXT_CHANNEL, "provider_refused", "the message could not be written", false);
        }
        return submitter.send(
                envelope,
                message,
                () -> told.attempts().isWanted(session.id(), attempt.number()),
                ids -> note(session, attempt, ids));
    }

    private String text(Session session, Attempt attempt, Secret secret) {
        var opening = session.opening();
        var title =
                apps.find(opening.app()).map(App::title).orElse(opening.app().value());
        return MessageValues.of(session, attempt, secret.code(), title)
                .text(config.format().texts().message(opening.intent().language()));
    }

    private String validity(Session session, Attempt attempt) {
        var begun = attempt.times().begun();
        var expires = session.opening().expiresAt();
        return switch (config.format().validity()) {
            case RELATIVE -> ValidityPeriod.relative(Duration.between(begun, expires));
            case ABSOLUTE -> ValidityPeriod.absolute(expires);
            case NONE -> "";
        };
    }

    /// Without ids there will be no receipts that could be understood. A store that fails must not make the message one
    /// that was not sent.
    private void note(Session session, Attempt attempt, List<String> ids) {
        if (ids.stream().anyMatch(String::isBlank)) {
            return;
        }
        var parts = IntStream.range(0, ids.size())
                .mapToObj(i -> new SentMessages.Part(
                        config.name(),
                        reader.id(ids.get(i)),
                        session.id(),
                        attempt.number(),
                        i + 1,
                        attempt.times().begun()))
                .toList();
        try {
            told.receipts().sent(parts);
        } catch (RuntimeException e) {
            LOG.error("Channel {}: receipts of a message will not be understood", config.name(), e);
        }
    }

    /// Takes no more messages, waits a few seconds for answers, and unbinds; messages without an answer then end as
    /// unknown.
    @Override
    public void close() {
        link.close();
    }
}
