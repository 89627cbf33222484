package io.flashcall.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.CallEvent.Ended;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The user agent in many universes, each drawn from one seed: loss, duplication, reordering and delay in virtual time,
/// among callees of all habits. [Invariants] says what must be true.
///
/// Every build runs 250 seeds. For a night, or for one seed that failed:
///
/// ```
/// mvn -B -pl engine -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
///     -Dsimulation.first=1 -Dsimulation.seeds=5000
/// ```
@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long SEEDS = Long.getLong("simulation.seeds", 250);
    private static final long ENOUGH = 100;

    @Test
    void no_universe_breaks_a_rule() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            new Universe(seed, Mutant.NONE).run();
        }
    }

    @Test
    void the_same_seed_makes_the_same_universe() {
        String story = new Universe(FIRST, Mutant.NONE).run().story();
        assertThat(story).contains("INVITE");
        assertThat(new Universe(FIRST, Mutant.NONE).run().story()).isEqualTo(story);
    }

    @Test
    void universes_have_calls_of_every_kind_and_races_of_every_sort() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= ENOUGH; seed++) {
            var universe = new Universe(seed, Mutant.NONE).run();
            universe.invariants.count(call -> {
                seen.merge(outcome(call), 1, Integer::sum);
                return true;
            });
            races(universe.conditions.phase())
                    .forEach((race, test) -> seen.merge(race, universe.invariants.count(test), Integer::sum));
            seen.merge("refused: busy", universe.invariants.refusals(Reason.BUSY), Integer::sum);
            seen.merge("refused: no channel", universe.invariants.refusals(Reason.NO_CHANNEL), Integer::sum);
        }
        assertThat(seen)
                .hasSize(5 + 7 + 2)
                .allSatisfy((_, count) -> assertThat(count).isPositive());
    }

    private static String outcome(CallWitness call) {
        var outcome = call.event(Ended.class).orElseThrow().outcome();
        return outcome.getClass().getSimpleName();
    }

    private static Map<String, Predicate<CallWitness>> races(long phase) {
        return Map.of(
                "an answer after our CANCEL",
                        call -> call.answers().stream().anyMatch(answer -> answer.at() > call.cancelledAt()),
                "an answer after the end",
                        call -> call.answers().stream().anyMatch(answer -> answer.at() > call.endedAt(phase)),
                "several answers", call -> call.byes.size() > 1,
                "ringing after our CANCEL",
                        call -> call.rangAt(phase) != Schedule.NEVER && call.rangAt(phase) > call.cancelledAt(),
                "a CANCEL after the end was reported",
                        call -> call.cancel != null && call.cancelledAt() > call.endedAt(phase),
                "a BYE that nobody answered",
                        call -> call.byes.values().stream().anyMatch(bye -> bye.answeredAt == Schedule.NEVER),
                "an INVITE that never left", call -> call.neverLeft);
    }
}
