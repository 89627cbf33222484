package io.flashcall.verification;

import io.flashcall.verification.number.QuarantineRule;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Leases;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.SentMessages;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Volumes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what is old: numbers of ended sessions, leases after their cool-down, yesterday's counts, responses of
/// idempotent requests, deliveries. Works in small steps, so that nobody waits for it.
public final class Housekeeping implements AutoCloseable {

    /// How long the response of an idempotent request is kept.
    public static final Duration IDEMPOTENCY = Duration.ofHours(24);

    /// How long a message is known by its provider's id; receipts do not come later than that.
    public static final Duration RECEIPTS = Duration.ofDays(7);

    /// How long volumes and spending are kept: for the bill of a whole year.
    public static final Duration COUNTS = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int AT_ONCE = 200;

    private final Kept kept;
    private final Counts counts;
    private final Ages ages;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);

    private Housekeeping(Kept kept, Counts counts, Ages ages, InstantSource clock) {
        this.kept = kept;
        this.counts = counts;
        this.ages = ages;
        this.clock = clock;
    }

    public record Kept(
            Sessions sessions,
            Leases leases,
            FailedChecks failedChecks,
            IdempotentRequests idempotentRequests,
            Outbox outbox,
            SentMessages sentMessages) {}

    public record Counts(Volumes volumes, Spending spending, Quarantines quarantines) {}

    /// @param sessions how long an ended session keeps its numbers
    /// @param coolDown how long a destination remembers a caller id
    /// @param blocks   how long a block of a caller id counts
    public record Ages(Duration sessions, Duration coolDown, Duration blocks) {}

    public static Housekeeping start(Kept kept, Counts counts, Ages ages, InstantSource clock) {
        var housekeeping = new Housekeeping(kept, counts, ages, clock);
        housekeeping.thread.start();
        return housekeeping;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                tidy(clock.instant());
            } while (!closed.await(EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Once through everything; what fails keeps nothing else from being done.
    void tidy(Instant now) {
        step("sessions", () -> {
            while (closed.getCount() > 0 && kept.sessions().anonymize(now.minus(ages.sessions()), AT_ONCE) == AT_ONCE) {
                LOG.debug("many sessions to forget");
            }
        });
        step("leases", () -> kept.leases().forget(now.minus(ages.coolDown())));
        step("failed checks", () -> kept.failedChecks().forget(LocalDate.ofInstant(now, ZoneOffset.UTC)));
        step("idempotency keys", () -> kept.idempotentRequests().forget(now.minus(IDEMPOTENCY)));
        step("deliveries", () -> kept.outbox().forget(now.minus(ages.sessions())));
        step("sent messages", () -> kept.sentMessages().forget(now.minus(RECEIPTS)));
        var oldest = LocalDate.ofInstant(now.minus(COUNTS), ZoneOffset.UTC);
        step("volumes", () -> counts.volumes().forget(YearMonth.from(oldest)));
        step("blocks", () -> counts.quarantines().forget(now.minus(ages.blocks()), now.minus(QuarantineRule.MEMORY)));
        step("spending", () -> counts.spending().forget(oldest));
    }

    private static void step(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("old {} could not be forgotten; it is tried again in {}", what, EVERY, e);
        }
    }
}
