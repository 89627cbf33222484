package io.flashcall.verification.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.guard.Limiter.Ask;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limiter.Verdict;
import io.flashcall.verification.guard.Limiter.Verdict.Allowed;
import io.flashcall.verification.guard.Limiter.Verdict.Exceeded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What [Limiter] promises.
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class LimiterContract {

    protected static final Limit PER_DESTINATION = Limits.DEFAULT.startsPerDestination();
    protected static final Limit PER_ADDRESS = Limits.DEFAULT.startsPerAddress();

    private long nanos = 1_000;
    private Limiter limiter;

    /// A limiter that has counted nothing yet.
    ///
    /// @param nanos its clock
    protected abstract Limiter limiter(LongSupplier nanos);

    @BeforeEach
    protected void makeLimiter() {
        limiter = limiter(() -> nanos);
    }

    @Test
    void three_starts_in_ten_minutes_and_the_fourth_is_told_when_to_come_again() {
        assertThat(takes(3, PER_DESTINATION, "one")).containsOnly(new Allowed());

        pass(Duration.ofMinutes(4));
        assertThat(take(PER_DESTINATION, "one"))
                .isEqualTo(new Exceeded("starts_per_destination", Duration.ofMinutes(6)));
        assertThat(take(PER_DESTINATION, "other")).isEqualTo(new Allowed());
    }

    @Test
    void whoever_comes_again_when_told_is_allowed_and_a_moment_earlier_is_not() {
        takes(3, PER_DESTINATION, "one");

        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(take(PER_DESTINATION, "one")).isEqualTo(new Exceeded("starts_per_destination", Duration.ofNanos(1)));
        pass(Duration.ofNanos(1));
        assertThat(take(PER_DESTINATION, "one")).isEqualTo(new Allowed());
    }

    @Test
    void the_longer_period_counts_beside_the_shorter() {
        takes(3, PER_DESTINATION, "one");
        pass(Duration.ofMinutes(10));
        assertThat(takes(2, PER_DESTINATION, "one")).containsOnly(new Allowed());

        assertThat(take(PER_DESTINATION, "one"))
                .isEqualTo(new Exceeded("starts_per_destination", Duration.ofMinutes(50)));
        pass(Duration.ofMinutes(50));
        assertThat(take(PER_DESTINATION, "one")).isEqualTo(new Allowed());
    }

    @Test
    void either_all_are_taken_or_none() {
        takes(3, PER_DESTINATION, "busy");
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.take(List.of(new Ask(PER_ADDRESS, "home"), new Ask(PER_DESTINATION, "busy"))))
                    .isInstanceOf(Exceeded.class);
        }
        assertThat(takes(10, PER_ADDRESS, "home")).containsOnly(new Allowed());
        assertThat(take(PER_ADDRESS, "home")).isEqualTo(new Exceeded("starts_per_address", Duration.ofHours(1)));
    }

    @Test
    void of_several_limits_that_are_exceeded_the_one_that_lasts_longest_is_named() {
        takes(3, PER_DESTINATION, "busy");
        takes(10, PER_ADDRESS, "home");
        for (var asks : List.of(
                List.of(new Ask(PER_ADDRESS, "home"), new Ask(PER_DESTINATION, "busy")),
                List.of(new Ask(PER_DESTINATION, "busy"), new Ask(PER_ADDRESS, "home")))) {
            assertThat(limiter.take(asks)).isEqualTo(new Exceeded("starts_per_address", Duration.ofHours(1)));
        }
    }

    @Test
    void nothing_asked_is_allowed() {
        assertThat(limiter.take(List.of())).isEqualTo(new Allowed());
    }

    @Test
    void a_limit_that_is_configured_anew_holds_at_once() {
        var once = new Limit("starts_per_app", List.of(new Rate(1, Duration.ofHours(1))));
        var twice = new Limit("starts_per_app", List.of(new Rate(2, Duration.ofHours(1))));
        take(once, "shop");
        assertThat(take(once, "shop")).isInstanceOf(Exceeded.class);
        assertThat(takes(2, twice, "shop")).containsOnly(new Allowed());
    }

    @Test
    void however_many_ask_at_once_no_more_are_allowed() throws InterruptedException {
        var limit = new Limit("starts_per_app", List.of(new Rate(100, Duration.ofHours(1))));
        var allowed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> {
                    if (take(limit, "shop") instanceof Allowed) {
                        allowed.incrementAndGet();
                    }
                });
            }
        }
        assertThat(allowed).hasValue(100);
    }

    protected final Stream<Verdict> takes(int times, Limit limit, String key) {
        return Stream.generate(() -> take(limit, key)).limit(times).toList().stream();
    }

    protected final Verdict take(Limit limit, String key) {
        return limiter.take(List.of(new Ask(limit, key)));
    }

    protected final void pass(Duration time) {
        nanos += time.toNanos();
    }
}
