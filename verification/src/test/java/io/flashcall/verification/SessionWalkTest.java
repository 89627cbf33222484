package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Thousands of sessions, each drawn from one seed. [SessionRules] says what must be true.
///
/// For a night, or for one seed that failed:
///
/// ```
/// mvn -pl verification -am test -Dtest=SessionWalkTest -Dsurefire.failIfNoSpecifiedTests=false \
///     -Dtest.args="-Dwalk.first=1 -Dwalk.seeds=1000000"
/// ```
@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionWalkTest {

    private static final long FIRST = Long.getLong("walk.first", 1);
    private static final long SEEDS = Long.getLong("walk.seeds", 5_000);

    @Test
    void no_walk_breaks_a_rule() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var walk = new SessionWalk(seed);
            try {
                walk.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + walk.story(), e);
            }
        }
    }

    @Test
    void walks_end_in_every_way() {
        Map<Status, Integer> ends = new EnumMap<>(Status.class);
        for (long seed = 1; seed <= 500; seed++) {
            ends.merge(new SessionWalk(seed).run().session().status(), 1, Integer::sum);
        }
        assertThat(ends)
                .containsOnlyKeys(Status.VERIFIED, Status.FAILED, Status.EXPIRED, Status.CANCELED)
                .allSatisfy((_, count) -> assertThat(count).isGreaterThan(20));
    }

    @Test
    void the_same_seed_makes_the_same_walk() {
        assertThat(new SessionWalk(FIRST).run().story())
                .isEqualTo(new SessionWalk(FIRST).run().story());
    }
}
