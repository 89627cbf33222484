package io.flashcall.verification;

import static io.flashcall.verification.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.store.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NeighboursTest {

    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> buried = new ArrayList<>();
    private long nanos = 5_000_000_000L;

    @Test
    void a_node_whose_count_stands_still_for_six_seconds_is_buried_and_not_earlier() {
        var a = node("a");
        counts.put("b", 7L);

        ticks(a, 6);
        assertThat(buried).isEmpty();
        ticks(a, 1);
        assertThat(buried).containsExactly("b");
        assertThat(a.count()).isEqualTo(1);
    }

    @Test
    void a_node_whose_count_goes_on_lives() {
        var a = node("a");
        var b = node("b");
        for (int i = 0; i < 100; i++) {
            ticks(a, 5);
            b.tick();
        }
        assertThat(buried).isEmpty();
        assertThat(a.count()).isEqualTo(2);
    }

    @Test
    void who_slept_does_not_take_the_others_for_dead() {
        var a = node("a");
        counts.put("b", 1L);
        ticks(a, 3);

        pass(Duration.ofSeconds(60));
        a.tick();
        ticks(a, 5);

        assertThat(buried).isEmpty();
    }

    @Test
    void who_cannot_reach_the_store_does_not_take_the_others_for_dead_when_it_can_again() {
        var a = node("a");
        counts.put("b", 1L);
        ticks(a, 2);
        pass(Duration.ofSeconds(20));

        ticks(a, 6);
        assertThat(buried).isEmpty();
        ticks(a, 1);
        assertThat(buried).containsExactly("b");
    }

    @Test
    void one_that_was_buried_alive_is_counted_anew() {
        var a = node("a");
        var b = node("b");
        b.tick();
        ticks(a, 7);
        assertThat(buried).containsExactly("b");

        b.tick();
        ticks(a, 1);
        assertThat(a.count()).isEqualTo(2);
    }

    @Test
    void where_only_one_works_at_a_time_those_before_it_are_buried_at_once() {
        counts.put("former", 99L);

        node("a").buryFormer();

        assertThat(buried).containsExactly("former");
    }

    @Test
    void who_leaves_lets_go_of_its_own() {
        var a = node("a");
        a.tick();

        a.leave();

        assertThat(buried).containsExactly("a");
    }

    @Test
    void each_session_is_one_nodes_and_all_share_them() {
        var all = List.of(node("a"), node("b"), node("c"));
        all.forEach(Neighbours::tick);
        all.forEach(Neighbours::tick);
        var random = new Random(3);
        var shares = new int[3];
        for (int i = 0; i < 3_000; i++) {
            var session = SessionId.next(NOON, random);
            int owners = 0;
            for (int n = 0; n < 3; n++) {
                if (all.get(n).isOurs(session)) {
                    owners++;
                    shares[n]++;
                }
            }
            assertThat(owners).isEqualTo(1);
        }
        assertThat(shares[0]).isBetween(800, 1_200);
        assertThat(shares[1]).isBetween(800, 1_200);
    }

    private Neighbours node(String name) {
        return new Neighbours(new Kept(name), () -> NOON, () -> nanos);
    }

    private void ticks(Neighbours node, int times) {
        for (int i = 0; i < times; i++) {
            node.tick();
            pass(Neighbours.BEAT);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private final class Kept implements Nodes {

        private final String own;

        Kept(String own) {
            this.own = own;
        }

        @Override
        public String own() {
            return own;
        }

        @Override
        public Map<String, Long> beat() {
            counts.merge(own, 1L, Long::sum);
            return Map.copyOf(counts);
        }

        @Override
        public void bury(Collection<String> dead, Instant now) {
            buried.addAll(dead);
            counts.keySet().removeAll(dead);
        }
    }
}
