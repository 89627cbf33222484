package io.flashcall.verification.tracking;

import io.flashcall.engine.E164;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionWatcher;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.PoolBook;
import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.number.SiftedPools;
import io.flashcall.verification.routing.Verdicts;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.Quarantines.Quarantined;
import io.flashcall.verification.store.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns from calls that a network's analytics blocked which caller ids are not to be shown for a while. One
/// network's word for one destination is not enough, and what a callee or a carrier does not want counts for nothing
/// here. Thread-safe.
public final class BlockWatch implements SessionWatcher {

    /// How often a node looks what others have quarantined, and what has ended.
    public static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(BlockWatch.class);

    private final Quarantines quarantines;
    private final QuarantineRule rule;
    private final Vault vault;
    private final Teller teller;
    private final Executor executor;
    private final SiftedPools pools;
    private final PoolBook book;
    // Guarded by this; null until the book was made of it.
    private @Nullable Set<E164> blocked;

    /// @param executor does what takes longer than a watcher may
    public BlockWatch(Kept kept, QuarantineRule rule, Teller teller, Executor executor, Drawn drawn) {
        this.quarantines = kept.quarantines();
        this.vault = kept.vault();
        this.rule = rule;
        this.teller = teller;
        this.executor = executor;
        this.pools = drawn.pools();
        this.book = drawn.book();
    }

    /// Where it is kept, and how numbers are hidden there.
    public record Kept(Quarantines quarantines, Vault vault) {}

    /// @param journal writes the event
    /// @param told    hears of each quarantine after it was saved
    public record Teller(QuarantineJournal journal, Consumer<Quarantined> told) {}

    /// @param pools what the book was made of
    /// @param book  draws without the numbers in quarantine
    public record Drawn(SiftedPools pools, PoolBook book) {}

    @Override
    public void onChange(Session session, List<TimelineEntry> events) {
        for (var event : events) {
            boolean ended = event.type() == EventType.CALL_FAILED || event.type() == EventType.CALL_ENDED;
            if (rule.isOn() && ended) {
                session.attempt(event.attempt())
                        .filter(BlockWatch::isBlocked)
                        .ifPresent(attempt -> executor.execute(() -> report(session, attempt, event.at())));
            }
        }
    }

    /// Whether one of its calls ended by a block.
    private static boolean isBlocked(Attempt attempt) {
        return attempt.isFlashCall()
                && attempt.result()
                        .filter(result -> result.outcome().equals(Verdicts.BLOCKED_BY_ANALYTICS))
                        .isPresent();
    }

    private void report(Session session, Attempt attempt, Instant at) {
        try {
            attempt.code().callerId().ifPresent(kept -> {
                var number = new E164(vault.open(kept, session.id().value()));
                var way = attempt.plan().route().orElseThrow();
                var mac = vault.numberMac(number);
                var block = new Quarantines.Block(
                        session.opening().app(),
                        new Quarantines.Caller(mac, vault.seal(number.digits(), mac), way.pool(), way.trunk()),
                        vault.numberMac(session.opening().intent().to()),
                        at);
                quarantines
                        .report(block, rule, begun -> teller.journal().write(block.app(), begun, number, at))
                        .ifPresent(begun -> begin(begun, number));
            });
        } catch (RuntimeException e) {
            LOG.error("a block by analytics could not be noted", e);
        }
    }

    private void begin(Quarantined begun, E164 number) {
        LOG.warn(
                "pool {}: {} is in quarantine until {}: analytics blocked its calls to {} destinations, last over {}",
                begun.caller().pool(),
                number,
                begun.until(),
                begun.destinations(),
                begun.caller().trunk());
        teller.told().accept(begun);
        look();
    }

    /// Has the numbers drawn that are out of quarantine by now, and not those that others have put there.
    public synchronized void look() {
        var now = pools.blocked();
        if (!now.equals(blocked)) {
            book.reload();
            blocked = now;
        }
    }
}
