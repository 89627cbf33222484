package io.flashcall.cli.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// With the example of the specification.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HookSignatureTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIME = "1614265330";
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final String RIGHT = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    private final HookSignature signature = new HookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @Test
    void the_specifications_example_is_accepted_also_among_other_signatures() {
        assertThat(signature.accepts(ID, TIME, RIGHT, BODY, NOW)).isTrue();
        assertThat(signature.accepts(ID, TIME, "v1a,other v1,AAAA " + RIGHT, BODY, NOW))
                .isTrue();
    }

    @Test
    void whatever_is_changed_is_refused() {
        assertThat(signature.accepts("msg_other", TIME, RIGHT, BODY, NOW)).isFalse();
        assertThat(signature.accepts(ID, "1614265331", RIGHT, BODY, NOW)).isFalse();
        assertThat(signature.accepts(ID, TIME, RIGHT, new byte[0], NOW)).isFalse();
        assertThat(signature.accepts(ID, TIME, "", BODY, NOW)).isFalse();
        assertThat(signature.accepts(ID, "soon", RIGHT, BODY, NOW)).isFalse();
    }

    @Test
    void what_is_older_than_five_minutes_is_refused() {
        assertThat(signature.accepts(ID, TIME, RIGHT, BODY, NOW.plusSeconds(299)))
                .isTrue();
        assertThat(signature.accepts(ID, TIME, RIGHT, BODY, NOW.plusSeconds(301)))
                .isFalse();
    }

    @Test
    void a_secret_of_another_form_is_refused_and_not_repeated() {
        assertThatThrownBy(() -> new HookSignature("sesame"))
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("sesame");
    }
}
