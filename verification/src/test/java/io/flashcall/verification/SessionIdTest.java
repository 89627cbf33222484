package io.flashcall.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionIdTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void ids_stand_in_the_order_of_their_starts() {
        var random = new SecureRandom();
        List<String> ids = new ArrayList<>();
        for (long step : new long[] {0, 1, 2, 31, 32, 33, 1_000, 86_400_000L, 40L * 365 * 86_400_000L}) {
            ids.add(SessionId.next(NOW.plusMillis(step), random).value());
        }
        assertThat(ids).isSorted();
        assertThat(SessionId.next(Instant.EPOCH, random).value()).isLessThan(ids.getFirst());
    }

    @Test
    void ids_of_one_millisecond_differ() {
        var random = new SecureRandom();
        Set<SessionId> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(SessionId.next(NOW, random));
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void an_id_is_known_by_its_form() {
        var id = SessionId.next(NOW, new Random(1));
        assertThat(id.value()).matches("ver_[0-9a-z]{26}");
        assertThat(id).hasToString(id.value()).isEqualTo(new SessionId(id.value()));
        assertThat(SessionId.isSessionId(id.value())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ver_",
                "ver_0123456789abcdefghjkmnpqr",
                "ver_0123456789abcdefghjkmnpqrst",
                "ver_0123456789abcdefghjkmnpqri",
                "ver_0123456789abcdefghjkmnpqrl",
                "ver_0123456789abcdefghjkmnpqrS",
                "ses_0123456789abcdefghjkmnpqrs",
                "ver_0123456789abcdefghjkmnpqrs\n",
            })
    void what_is_no_id_of_ours_is_refused_without_being_repeated(String text) {
        assertThat(SessionId.isSessionId("ver_0123456789abcdefghjkmnpqrs")).isTrue();
        assertThat(SessionId.isSessionId(text)).isFalse();
        assertThatThrownBy(() -> new SessionId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session: not an id of ours (expected: ver_ and 26 characters)");
    }
}
