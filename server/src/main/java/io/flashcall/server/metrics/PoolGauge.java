package io.flashcall.server.metrics;

import io.flashcall.verification.number.CallerIdPools;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.Strength;
import java.util.Optional;

/// How much a caller-id pool has to choose from.
///
/// @param pool        its name
/// @param strength    over the numbers that share the disclosed prefix, in the worst case
/// @param quarantined how many of its numbers may not be shown for now
public record PoolGauge(String pool, Strength strength, int quarantined) {

    /// The code length that pools are compared by.
    public static final int CODE_LENGTH = 4;

    /// A pool that is paused, or unknown to `pools`, has nothing.
    public static PoolGauge of(Pool pool, CallerIdPools pools) {
        var strength = pool.state().active() ? pools.strength(pool.name(), CODE_LENGTH) : Optional.<Strength>empty();
        return new PoolGauge(
                pool.name(),
                strength.orElse(new Strength(0)),
                pool.state().quarantined().size());
    }
}
