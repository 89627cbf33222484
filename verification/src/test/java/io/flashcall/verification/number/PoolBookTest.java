package io.flashcall.verification.number;

import static io.flashcall.verification.number.Numbers.disclosing;
import static io.flashcall.verification.number.Numbers.on;
import static io.flashcall.verification.number.Numbers.paused;
import static io.flashcall.verification.number.Numbers.pool;
import static io.flashcall.verification.number.Numbers.quarantining;
import static io.flashcall.verification.number.Numbers.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.E164;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.verification.number.CallerIdPools.Draw;
import io.flashcall.verification.number.CallerIdPools.Wish;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PoolBookTest {

    private static final TrunkConfig CARRIER_A = trunk("carrier-a", "+44207946xxxx");
    private static final TrunkConfig CARRIER_B = trunk("carrier-b", "+442079461xxx");

    @Test
    void a_full_block_has_every_ending_and_discloses_all_but_the_code() {
        var book = book(pool("uk", "+44207946xxxx"));

        var drawn = drawn(book, wish("uk"));

        assertThat(drawn.number().digits()).matches("44207946\\d{4}");
        assertThat(drawn.prefix()).isEqualTo("+44207946");
        assertThat(drawn.strength()).isEqualTo(new Strength(10_000));
        assertThat(book.strength("uk", 4)).contains(new Strength(10_000));
    }

    @Test
    void what_a_narrow_pool_has_in_common_with_the_code_is_never_disclosed() {
        var book = book(pool("uk", "+4420794601xx"));

        var drawn = drawn(book, wish("uk"));

        assertThat(drawn.prefix()).isEqualTo("+44207946");
        assertThat(drawn.strength()).isEqualTo(new Strength(100));
    }

    @Test
    void several_ranges_disclose_only_what_all_of_them_begin_with() {
        var book = book(pool("uk", "+4420794601xx", "+4420794699xx"));
        assertThat(drawn(book, wish("uk")).prefix()).isEqualTo("+44207946");

        var apart = book(
                List.of(trunk("carrier-a", "+44207946xxxx", "+44207111xxxx")),
                pool("uk", "+44207946xxxx", "+44207111xxxx"));
        assertThat(drawn(apart, wish("uk")).prefix()).isEqualTo("+44207");
    }

    @Test
    void a_longer_disclosure_leaves_fewer_endings_and_the_worst_prefix_counts() {
        var trunk = trunk("carrier-a", "+44207946xxxx", "+44207111xxxx");
        var ranges = pool("uk", "+44207946xxxx", "+44207111000x");
        var book = book(List.of(trunk), disclosing(8, ranges));

        assertThat(book.strength("uk", 4)).contains(new Strength(10));
        for (int i = 0; i < 100; i++) {
            var drawn = drawn(book, wish("uk"));
            assertThat(drawn.strength().distinct()).isEqualTo(drawn.prefix().equals("+44207111") ? 10 : 10_000);
        }
        assertThat(book(List.of(trunk), ranges).strength("uk", 4)).contains(new Strength(10_000));
    }

    @Test
    void no_disclosure_reaches_into_the_code_however_much_was_asked_for() {
        var book = book(disclosing(11, pool("uk", "+44207946xxxx")));
        assertThat(drawn(book, wish("uk")).prefix()).isEqualTo("+44207946");

        var none = book(disclosing(0, pool("uk", "+44207946xxxx")));
        assertThat(drawn(none, wish("uk")).prefix()).isEqualTo("+");
    }

    @Test
    void quarantined_numbers_are_never_drawn_and_never_counted() {
        var kept = Set.of(new E164("442079460007"));
        var rest =
                numbers(0, 9).stream().filter(number -> !kept.contains(number)).collect(Collectors.toSet());
        var book = book(quarantining(rest, pool("uk", "+44207946000x")));

        for (int i = 0; i < 50; i++) {
            var drawn = drawn(book, wish("uk"));
            assertThat(kept).contains(drawn.number());
            assertThat(drawn.strength()).isEqualTo(new Strength(1));
        }
        assertThat(book.strength("uk", 4)).contains(new Strength(1));
    }

    @Test
    void what_this_destination_must_not_see_is_never_drawn_and_never_counted() {
        var book = book(pool("uk", "+44207946000x"));
        var taken = numbers(0, 6);

        var seen = new HashSet<E164>();
        for (int i = 0; i < 100; i++) {
            var drawn = drawn(book, wish("uk", taken));
            assertThat(drawn.strength()).isEqualTo(new Strength(3));
            seen.add(drawn.number());
        }

        assertThat(seen).isEqualTo(numbers(7, 9));
        assertThat(nothing(book, wish("uk", numbers(0, 9)))).contains("uk", "no number left for this destination");
    }

    @Test
    void what_is_taken_of_other_pools_does_not_matter() {
        var book = book(pool("uk", "+44207946000x"));
        assertThat(drawn(book, wish("uk", Set.of(new E164("12025550123")))).strength())
                .isEqualTo(new Strength(10));
    }

    @Test
    void a_trunk_shows_only_what_both_the_pool_and_its_own_caller_ids_allow() {
        var pool = on(Set.of("carrier-a", "carrier-b"), pool("uk", "+44207946xxxx"));
        var book = book(List.of(CARRIER_A, CARRIER_B), pool);

        for (int i = 0; i < 50; i++) {
            var drawn = drawn(book, wish("uk", "carrier-b"));
            assertThat(drawn.number().digits()).startsWith("442079461");
            assertThat(drawn.strength()).isEqualTo(new Strength(1000));
        }
        assertThat(book.strength("uk", 4)).contains(new Strength(1000));
        assertThat(nothing(book(List.of(CARRIER_A, CARRIER_B), pool("uk", "+44207946xxxx")), wish("uk", "carrier-b")))
                .contains("uk", "carrier-b");
        assertThat(nothing(book, wish("uk", "carrier-c"))).contains("carrier-c");
    }

    @Test
    void a_trunk_whose_contract_forbids_flash_calls_shows_nothing() {
        var silent = trunk("carrier-a", new CallerIds(Numbers.ranges("+44207946xxxx"), false));
        var book = book(List.of(silent), pool("uk", "+44207946xxxx"));

        assertThat(nothing(book, wish("uk"))).contains("carrier-a");
        assertThat(book.strength("uk", 4)).contains(new Strength(0));
    }

    @Test
    void a_paused_pool_and_one_of_another_country_give_nothing_and_say_why() {
        assertThat(nothing(book(paused(pool("uk", "+44207946xxxx"))), wish("uk")))
                .contains("uk is paused");

        var book = book(pool("uk", "+44207946xxxx"));
        assertThat(nothing(book, wish("uk", "carrier-a", Set.of(), Optional.empty(), Optional.of("FR"))))
                .contains("GB", "FR");
        assertThat(drawn(book, wish("uk", "carrier-a", Set.of(), Optional.empty(), Optional.of("GB")))
                        .number())
                .isNotNull();
        assertThat(nothing(book, wish("fr"))).contains("no pool fr");
        assertThat(book.strength("fr", 4)).isEmpty();
    }

    @Test
    void a_requested_code_is_what_the_number_ends_in_if_there_is_one() {
        var book = book(pool("uk", "+4420794601xx"));

        assertThat(drawn(book, requesting("0107", Set.of())).number()).isEqualTo(new E164("442079460107"));
        assertThat(book.draw(requesting("0207", Set.of()))).isEqualTo(new Draw.NoSuchCode());
        assertThat(book.draw(requesting("0107", numbers(107, 107)))).isEqualTo(new Draw.NoSuchCode());
        for (var odd : List.of("107", "00107", "01o7", "")) {
            assertThat(book.draw(requesting(odd, Set.of()))).as(odd).isEqualTo(new Draw.NoSuchCode());
        }
    }

    @Test
    void a_wish_does_not_print_the_code_that_it_asks_for() {
        assertThat(requesting("0107", Set.of()).toString()).doesNotContain("0107");
    }

    @Test
    void what_may_be_shown_now_is_counted_on_the_trunk_that_may_show_most() {
        var pool = on(Set.of("carrier-a", "carrier-b"), pool("uk", "+44207946xxxx"));
        var trunks = List.of(CARRIER_A, CARRIER_B);

        assertThat(book(trunks, pool).eligible("uk")).contains(10_000);
        assertThat(book(trunks, quarantining(numbers(0, 9), pool)).eligible("uk"))
                .contains(9_990);
        assertThat(book(trunks, paused(pool)).eligible("uk")).contains(0);
        assertThat(book(trunks).eligible("uk")).isEmpty();
    }

    @Test
    void overlapping_ranges_hold_each_number_once() {
        var book = book(pool("uk", "+44207946000x", "+44207946000x", "+442079460005..+442079460014"));
        assertThat(book.strength("uk", 4)).contains(new Strength(15));
    }

    @Test
    void numbers_of_several_lengths_can_share_a_pool() {
        var trunk = trunk("carrier-a", "+4311234xxx", "+431123456xxx");
        var book = book(List.of(trunk), pool("at", "+4311234xxx", "+431123456xxx"));

        assertThat(book.strength("at", 4)).contains(new Strength(2000));
        assertThat(drawn(book, wish("at")).prefix()).isEqualTo("+431123");
    }

    @Test
    void a_change_holds_as_soon_as_the_book_was_told_of_it() {
        var kept = Numbers.Kept.of(pool("uk", "+44207946000x"));
        var book = new PoolBook(kept, List.of(CARRIER_A), seeded());
        assertThat(drawn(book, wish("uk")).strength()).isEqualTo(new Strength(10));

        kept.save(pool("uk", "+4420794600xx"));
        kept.save(pool("other", "+442079460xxx"));
        book.refresh("uk");
        assertThat(drawn(book, wish("uk")).strength()).isEqualTo(new Strength(100));
        assertThat(book.strength("other", 4)).isEmpty();

        book.reload();
        assertThat(book.strength("other", 4)).contains(new Strength(1000));

        kept.delete("uk");
        book.refresh("uk");
        assertThat(nothing(book, wish("uk"))).contains("no pool uk");
        kept.delete("other");
        book.reload();
        assertThat(book.strength("other", 4)).isEmpty();
    }

    @Test
    void a_pool_that_did_not_change_goes_on_as_it_was_when_all_are_read_anew() {
        var kept = Numbers.Kept.of(pool("uk", "+44207946000x"), pool("fr", "+3319900xxxx"));
        var book = new PoolBook(kept, List.of(CARRIER_A, trunk("carrier-b", "+3319900xxxx")), seeded());
        var before = book.strength("uk", 4);
        kept.save(pool("fr", "+331990012xx"));

        book.reload();

        assertThat(book.strength("uk", 4)).isEqualTo(before);
    }

    @Test
    void other_trunks_may_show_other_numbers() {
        var kept = Numbers.Kept.of(pool("uk", "+4420794600xx"));
        var book = new PoolBook(kept, List.of(CARRIER_A), seeded());
        assertThat(book.strength("uk", 4)).contains(new Strength(100));

        book.use(List.of(trunk("carrier-a", "+44207946000x")));
        assertThat(book.strength("uk", 4)).contains(new Strength(10));

        book.use(List.of(trunk("carrier-x", "+4420794600xx")));
        assertThat(nothing(book, wish("uk"))).contains("no number that trunk carrier-a may show");
    }

    @Test
    void more_numbers_than_a_pool_may_have_are_refused_before_they_take_up_memory() {
        assertThatThrownBy(() -> book(pool("uk", "+44xxxxxxxxx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uk")
                .hasMessageContaining("1000000000 numbers")
                .hasMessageContaining("1000000");
    }

    @Test
    void a_code_length_that_no_policy_has_is_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> book().strength("uk", 7)).hasMessageContaining("7 (expected: 1 to 6)");
    }

    private static Set<E164> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> new E164(Long.toString(442_079_460_000L + i)))
                .collect(Collectors.toSet());
    }

    private static Wish wish(String pool) {
        return wish(pool, "carrier-a");
    }

    private static Wish wish(String pool, String trunk) {
        return wish(pool, trunk, Set.of(), Optional.empty(), Optional.empty());
    }

    private static Wish wish(String pool, Set<E164> taken) {
        return wish(pool, "carrier-a", taken, Optional.empty(), Optional.empty());
    }

    private static Wish requesting(String code, Set<E164> taken) {
        return wish("uk", "carrier-a", taken, Optional.of(code), Optional.empty());
    }

    private static Wish wish(
            String pool, String trunk, Set<E164> taken, Optional<String> code, Optional<String> country) {
        return new Wish(pool, trunk, 4, taken, code, country);
    }

    private static Draw.Drawn drawn(PoolBook book, Wish wish) {
        return switch (book.draw(wish)) {
            case Draw.Drawn drawn -> drawn;
            case Draw.Nothing nothing -> throw new AssertionError(nothing.reason());
            case Draw.NoSuchCode _ -> throw new AssertionError("no such code");
        };
    }

    private static String nothing(PoolBook book, Wish wish) {
        return switch (book.draw(wish)) {
            case Draw.Nothing nothing -> nothing.reason();
            case Draw.Drawn drawn -> throw new AssertionError("drew " + drawn.number());
            case Draw.NoSuchCode _ -> throw new AssertionError("no such code");
        };
    }

    private static PoolBook book(Pool... pools) {
        return book(List.of(CARRIER_A), pools);
    }

    private static PoolBook book(List<TrunkConfig> trunks, Pool... pools) {
        return new PoolBook(Numbers.Kept.of(pools), trunks, seeded());
    }

    private static RandomGenerator seeded() {
        return new Random(5);
    }
}
