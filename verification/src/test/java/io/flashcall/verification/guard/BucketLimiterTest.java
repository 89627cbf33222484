package io.flashcall.verification.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.guard.Limiter.Ask;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limiter.Verdict.Allowed;
import io.flashcall.verification.guard.Limiter.Verdict.Exceeded;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class BucketLimiterTest extends LimiterContract {

    @Override
    protected Limiter limiter(LongSupplier nanos) {
        return new BucketLimiter(1_000, nanos);
    }

    @Test
    void a_flood_of_one_limit_does_not_make_us_forget_another() {
        takes(3, PER_DESTINATION, "one");
        for (int i = 0; i < 20_000; i++) {
            take(PER_ADDRESS, "address " + i);
        }
        assertThat(take(PER_DESTINATION, "one")).isInstanceOf(Exceeded.class);
    }

    @Test
    void the_usual_limiter_goes_by_the_clock_of_the_system() {
        var usual = new BucketLimiter();
        var ask = List.of(new Ask(new Limit("one", List.of(new Rate(1, Duration.ofHours(1)))), "key"));
        assertThat(usual.take(ask)).isEqualTo(new Allowed());
        assertThat(usual.take(ask))
                .isInstanceOfSatisfying(
                        Exceeded.class,
                        exceeded -> assertThat(exceeded.retryAfter())
                                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    }
}
