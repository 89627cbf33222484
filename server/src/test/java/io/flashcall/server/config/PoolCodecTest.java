package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallerIds.Range;
import io.flashcall.engine.E164;
import io.flashcall.verification.number.Pool;
import io.flashcall.verification.number.Pool.Ownership;
import io.flashcall.verification.number.Pool.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PoolCodecTest {

    private final PoolCodec codec = new PoolCodec();

    @Test
    void what_was_written_is_read_as_the_same() {
        var pool = new Pool(
                "uk",
                new Ownership("Example Ltd", "order 4711 of 2 May\nand its annex", "GB"),
                Set.of("carrier-a", "carrier-b"),
                List.of(Range.parse("+442079460000..+442079460999"), Range.parse("+442079461000")),
                new State(false, Set.of(E164.parse("+442079460007"))),
                Optional.of(5));

        assertThat(codec.read(codec.write(pool))).isEqualTo(pool);
        assertThat(codec.write(pool))
                .doesNotContain("\n")
                .contains("[\"+442079460000..+442079460999\",\"+442079461000\"]");
    }

    @Test
    void a_new_pool_is_active_and_discloses_what_its_numbers_have_in_common() {
        var pool = codec.read("""
                name: uk
                owner: Example Ltd
                proof: order 4711
                country: GB
                trunks: carrier-a
                numbers: +4420794600xx
                """);

        assertThat(pool.state()).isEqualTo(State.ACTIVE);
        assertThat(pool.disclosed()).isEmpty();
        assertThat(pool.numbers()).containsExactly(Range.parse("+442079460000..+442079460099"));
    }

    @Test
    void owner_and_proof_are_required_and_numbers_in_messages_masked() {
        assertThatThrownBy(() -> codec.read("""
                        {"name": "UK", "owner": " ", "country": "GB", "trunks": [], "numbers": ["+442079460999..+442079460000"],
                         "quarantined": ["442079460007"], "disclosed_digits": 12, "numbers_file": "pool.csv"}""")).hasMessage("""
                        pool: 8 problems
                          line 1: name: UK (expected: a pool's name, 1 to 32 of a-z 0-9 - _)
                          line 1: owner:   (expected: whom the numbers are assigned to)
                          line 1: proof: missing (expected: how the assignment can be shown, in your own words)
                          line 1: trunks: [] (expected: at least one trunk that may show these numbers)
                          line 1: numbers[0]: +4420********..+************ (expected: +12025550123, a range +12025550100..+12025550199, or +120255501xx)
                          line 2: quarantined[0]: 4420******** (expected: + and 7 to 15 digits, E.164)
                          line 2: disclosed_digits: 12 (expected: 0 to 11)
                          line 2: numbers_file: unknown key (expected: one of name, owner, proof, country, trunks, numbers, active, quarantined, disclosed_digits)""");
    }

    @Test
    void a_pool_has_its_bounds() {
        assertThatThrownBy(() -> codec.read("""
                        {name: uk, owner: a, proof: b, country: GB, trunks: a, numbers: +442xxxxxxxxx}"""))
                .hasMessageContaining("numbers: +442xxxxxxxxx (expected: at most 1000000 numbers in a pool)");
    }
}
