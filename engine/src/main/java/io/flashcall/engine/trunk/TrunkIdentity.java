package io.flashcall.engine.trunk;

import io.flashcall.engine.identity.IdentitySigner;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// With what a trunk's calls are signed (STIR/SHAKEN, RFC 8224), and what the carrier says of it. Any thread.
public final class TrunkIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(TrunkIdentity.class);
    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final String trunk;
    private volatile @Nullable IdentitySigner signer;
    private volatile boolean refused;
    private final AtomicLong saidAt = new AtomicLong(NEVER);
    private final AtomicLong refusals = new AtomicLong();

    /// Without a key until [#use].
    ///
    /// @param trunk its name, for messages
    TrunkIdentity(String trunk) {
        this.trunk = trunk;
    }

    /// Calls that are signed from now on are signed by this one, or by none; those under way keep what they have.
    public void use(Optional<IdentitySigner> wanted) {
        signer = wanted.orElse(null);
        saidAt.set(NEVER);
    }

    /// What signs; null where calls are not signed.
    public @Nullable IdentitySigner signer() {
        return signer;
    }

    /// The carrier has refused a call for its identity, or for the lack of one (RFC 8224 §6.2.2). The operator is
    /// told, once a minute at most.
    ///
    /// @param status 428, 436, 437 or 438
    /// @param now    monotonic nanoseconds
    public void onRefused(int status, long now) {
        refused = true;
        refusals.incrementAndGet();
        long said = saidAt.get();
        if ((said == NEVER || now - said >= QUIET_NANOS) && saidAt.compareAndSet(said, now)) {
            LOG.error(
                    "trunk {}: the carrier refuses calls for their identity: {} ({} since this was said last)",
                    trunk,
                    meaning(status),
                    refusals.getAndSet(0));
        }
    }

    /// The carrier has taken a signed call.
    public void onAccepted() {
        if (refused) {
            refused = false;
            LOG.info("trunk {}: the carrier takes a signed call again", trunk);
        }
    }

    /// Whether the carrier refused the last call of whose identity it said anything.
    public boolean isRefused() {
        return refused;
    }

    private String meaning(int status) {
        var used = signer;
        String x5u = used == null ? "none" : used.x5u();
        return switch (status) {
            case 428 -> "428, it wants calls to be signed" + (used != null ? ", and does not see that they are" : "");
            case 436 -> "436, it cannot fetch the certificate, x5u " + x5u;
            case 437 -> "437, it does not accept the certificate, x5u " + x5u;
            default ->
                status + ", the signature does not fit: its key, the certificate at x5u " + x5u + ", our clock, or"
                        + " the numbers as it sees them";
        };
    }
}
