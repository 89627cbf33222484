package io.flashcall.verification;

import io.flashcall.verification.store.SentMessages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The use case of delivery receipts: what providers report of messages goes to the sessions that sent them.
///
/// A receipt may be faster than the answer that names its message, and may reach another node than the one that sent
/// it. One that finds nothing is therefore looked up again for a minute, and then dropped. Thread-safe.
public final class Receipts {

    /// Pauses between looks for a message that is not known yet; a minute in all.
    private static final List<Duration> LOOKS = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(400),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(8),
            Duration.ofSeconds(50));

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    /// Receipts of one channel that may be waiting for their message at once; what comes beyond must be repeated.
    private static final int MOST_EARLY = 10_000;

    private final SentMessages sent;
    private final SessionChanges changes;
    private final Executor executor;
    private final Consumer<ChannelName> lost;
    private final Map<ChannelName, Semaphore> early = new ConcurrentHashMap<>();

    /// @param executor runs what waits for a message that is not known yet, each on a thread of its own
    /// @param lost     hears of each receipt that names no message of ours, with its channel
    public Receipts(SentMessages sent, SessionChanges changes, Executor executor, Consumer<ChannelName> lost) {
        this.sent = sent;
        this.changes = changes;
        this.executor = executor;
        this.lost = lost;
    }

    /// A provider accepted a message, and will name its parts so. Returns after that is saved.
    public void sent(List<SentMessages.Part> parts) {
        sent.note(parts);
    }

    /// A provider reports of a message that it names itself. Returns after what it says is saved, or when the message
    /// is not known (yet).
    ///
    /// @param id     as in [SentMessages.Part]
    /// @param detail for the timeline; holds no number
    /// @return false when too many of this channel wait for their messages: its provider must repeat it later
    public boolean received(ChannelName channel, String id, Receipt.State state, String detail) {
        if (settled(channel, id, state, detail)) {
            return true;
        }
        var places = early.computeIfAbsent(channel, _ -> new Semaphore(MOST_EARLY));
        if (!places.tryAcquire()) {
            return false;
        }
        executor.execute(() -> {
            try {
                lookAgain(channel, id, state, detail);
            } finally {
                places.release();
            }
        });
        return true;
    }

    /// A provider reports of a message by the session and attempt that it was told of.
    ///
    /// @return whether there is such an attempt
    public boolean received(SessionId session, int attempt, Receipt.State state, String detail) {
        return changes.apply(session, new SessionEvent.Received(attempt, state, detail))
                .flatMap(change -> change.after().attempt(attempt))
                .isPresent();
    }

    private boolean settled(ChannelName channel, String id, Receipt.State state, String detail) {
        Optional<SentMessages.Standing> standing = sent.settle(channel, id, state);
        standing.ifPresent(message ->
                message.whole().ifPresent(whole -> received(message.session(), message.attempt(), whole, detail)));
        return standing.isPresent();
    }

    private void lookAgain(ChannelName channel, String id, Receipt.State state, String detail) {
        try {
            for (var pause : LOOKS) {
                Thread.sleep(pause);
                if (settledNow(channel, id, state, detail)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Shutting down: there is one look left.
            if (settledNow(channel, id, state, detail)) {
                return;
            }
        }
        lost.accept(channel);
    }

    /// Its provider believes it taken: as long as there are looks left, it is tried again.
    private boolean settledNow(ChannelName channel, String id, Receipt.State state, String detail) {
        try {
            return settled(channel, id, state, detail);
        } catch (RuntimeException e) {
            LOG.error("a receipt of channel {} could not be saved yet", channel, e);
            return false;
        }
    }
}
