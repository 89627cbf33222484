package io.flashcall.verification.number;

import static io.flashcall.verification.number.Numbers.on;
import static io.flashcall.verification.number.Numbers.pool;
import static io.flashcall.verification.number.Numbers.trunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallerIds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PoolRuleTest {

    private final PoolRule rule = new PoolRule(List.of(
            trunk("carrier-a", "+442079460xxx", "+442079461xxx"),
            trunk("carrier-b", "+4420794600xx"),
            trunk("no-flash", new CallerIds(Numbers.ranges("+442079460xxx"), false))));

    @Test
    void a_pool_within_its_trunks_caller_ids_may_be_used() {
        assertThat(rule.check(pool("uk", "+4420794600xx", "+442079460123"))).isEmpty();
        assertThat(rule.check(on(Set.of("carrier-a", "carrier-b"), pool("uk", "+4420794600xx"))))
                .isEmpty();
    }

    @Test
    void a_range_may_span_several_of_the_trunks_that_touch() {
        assertThat(rule.check(pool("uk", "+442079460900..+442079461099"))).isEmpty();
    }

    @Test
    void the_first_range_that_a_trunk_does_not_list_is_named_and_masked() {
        var pool = pool("uk", "+442079460000", "+442079461950..+442079462050", "+441111111111");

        assertThat(rule.check(pool)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("numbers");
            assertThat(problem.detail())
                    .contains("entry 2", "+4420********..+4420********", "caller_ids of trunk carrier-a")
                    .doesNotContain("79461");
        });
    }

    @Test
    void each_trunk_must_list_every_number() {
        var pool = on(Set.of("carrier-a", "carrier-b"), pool("uk", "+442079460xxx"));
        assertThat(rule.check(pool))
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("carrier-b");
    }

    @Test
    void a_trunk_must_exist_and_its_contract_must_allow_flash_calls() {
        assertThat(rule.check(on(Set.of("carrier-x"), pool("uk", "+4420794600xx"))))
                .singleElement()
                .isEqualTo(new Problem(
                        "trunks", "carrier-x is not configured (expected: some of carrier-a, carrier-b, no-flash)"));
        assertThat(rule.check(on(Set.of("no-flash"), pool("uk", "+4420794600xx"))))
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("no-flash does not allow flash calls");
        assertThat(rule.check(on(Set.of(), pool("uk", "+4420794600xx"))))
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("trunks");
    }

    @Test
    void a_number_belongs_into_one_entry_alone() {
        assertThat(rule.check(pool("uk", "+442079460005", "+442079460100", "+44207946000x")))
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .contains("entry 1 (+4420********) and entry 3 (+4420********..+4420********) overlap");
    }

    @Test
    void owner_and_proof_say_whose_the_numbers_are() {
        var ownership = new Pool.Ownership(" ", "", "uk");
        var pool = new Pool(
                "uk",
                ownership,
                Set.of("carrier-a"),
                Numbers.ranges("+4420794600xx"),
                Pool.State.ACTIVE,
                Optional.of(12));

        assertThat(rule.check(pool))
                .extracting(Problem::field)
                .containsExactly("owner", "proof", "country", "disclosed");
    }

    @Test
    void a_pool_has_numbers_but_not_more_than_a_million() {
        assertThat(rule.check(pool("uk")))
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("numbers");

        var large = new PoolRule(List.of(trunk("carrier-a", "+44xxxxxxxxxx")));
        assertThat(large.check(pool("uk", "+442070xxxxxx"))).isEmpty();
        assertThat(large.check(pool("uk", "+442070xxxxxx", "+442071000000")))
                .containsExactly(new Problem("numbers", "1000001 numbers (expected: at most 1000000)"));
    }
}
