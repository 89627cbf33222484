package io.flashcall.verification.number;

import static io.flashcall.verification.number.Numbers.on;
import static io.flashcall.verification.number.Numbers.pool;
import static io.flashcall.verification.number.Numbers.quarantining;
import static io.flashcall.verification.number.Numbers.trunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.verification.Vault;
import io.flashcall.verification.number.CallerIdPools.Draw;
import io.flashcall.verification.number.CallerIdPools.Wish;
import io.flashcall.verification.store.Quarantines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers that networks block are drawn from no pool, until they are free again.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SiftedPoolsTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    private final Known known = new Known();
    private Instant now = NOON;

    /// Quarantines as they are kept, without the rule that begins them.
    private static final class Known implements Quarantines {

        private final List<Quarantined> all = new ArrayList<>();

        @Override
        public Optional<Quarantined> report(Block block, QuarantineRule rule, Function<Quarantined, String> body) {
            return Optional.empty();
        }

        @Override
        public List<Quarantined> active(Instant now) {
            return all.stream().filter(one -> one.until().isAfter(now)).toList();
        }

        @Override
        public boolean release(String callerMac, Instant now) {
            return all.removeIf(one -> one.caller().mac().equals(callerMac));
        }

        @Override
        public int forget(Instant blocks, Instant ended) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void no_draw_ever_shows_a_number_in_quarantine_nor_counts_it(long seed) {
        var random = new Random(seed);
        var sifted = sifted(pool("uk", "+44207946000x", "+44207946001x"));
        var book = new PoolBook(sifted, List.of(trunk("carrier-a", "+44207946xxxx")), random);
        for (int round = 0; round < 200; round++) {
            now = now.plusSeconds(random.nextInt(60));
            var number = number(random.nextInt(20));
            if (random.nextInt(4) == 0) {
                known.release(vault.numberMac(number), now);
            } else {
                block(number, Duration.ofSeconds(random.nextInt(1200)));
            }
            book.reload();
            var blocked = sifted.blocked();
            switch (book.draw(new Wish("uk", "carrier-a", 4, Set.of(), Optional.empty(), Optional.empty()))) {
                case Draw.Drawn drawn -> {
                    assertThat(blocked).doesNotContain(drawn.number());
                    assertThat(drawn.strength().distinct()).isEqualTo(20 - blocked.size());
                }
                case Draw.Nothing _ -> assertThat(blocked).hasSize(20);
                case Draw.NoSuchCode() -> throw new AssertionError("none was wished for");
            }
        }
    }

    @Test
    void a_number_is_kept_back_in_every_pool_that_has_it() {
        block(number(7), Duration.ofHours(1));
        var sifted = sifted(pool("uk", "+44207946000x"), pool("uk-too", "+4420794600xx"), pool("fr", "+331990000xx"));

        assertThat(sifted.list())
                .extracting(pool -> pool.state().quarantined())
                .containsExactly(Set.of(), Set.of(number(7)), Set.of(number(7)));
        assertThat(sifted.find("uk").orElseThrow().state().quarantined()).containsExactly(number(7));
    }

    @Test
    void what_the_operator_keeps_back_stays_back() {
        block(number(7), Duration.ofHours(1));
        var sifted = sifted(quarantining(Set.of(number(1), number(7)), pool("uk", "+44207946000x")));

        assertThat(sifted.find("uk").orElseThrow().state().quarantined()).containsOnly(number(1), number(7));
        now = now.plus(Duration.ofHours(1));
        assertThat(sifted.find("uk").orElseThrow().state().quarantined()).containsOnly(number(1), number(7));
    }

    @Test
    void a_pool_all_of_whose_numbers_are_in_quarantine_says_so() {
        for (int i = 0; i < 10; i++) {
            block(number(i), Duration.ofHours(1));
        }
        var book = new PoolBook(
                sifted(on(Set.of("carrier-a"), pool("uk", "+44207946000x"))),
                List.of(trunk("carrier-a", "+44207946xxxx")),
                new Random(1));

        assertThat(book.draw(new Wish("uk", "carrier-a", 4, Set.of(), Optional.empty(), Optional.empty())))
                .isEqualTo(new Draw.Nothing("pool uk has all numbers in quarantine that trunk carrier-a may show"));
    }

    private SiftedPools sifted(Pool... pools) {
        return new SiftedPools(Numbers.Kept.of(pools), known, vault, () -> now);
    }

    private void block(E164 number, Duration length) {
        var mac = vault.numberMac(number);
        known.release(mac, now);
        known.all.add(new Quarantines.Quarantined(
                new Quarantines.Caller(mac, vault.seal(number.digits(), mac), "uk", "carrier-a"),
                now,
                now.plus(length),
                3,
                1));
    }

    private static E164 number(int last) {
        return new E164(String.format(java.util.Locale.ROOT, "4420794600%02d", last));
    }
}
