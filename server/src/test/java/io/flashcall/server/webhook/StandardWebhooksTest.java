package io.flashcall.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.flashcall.verification.KeyText;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StandardWebhooksTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void the_vector_of_the_specification_comes_out() {
        var headers = new StandardWebhooks(List.of(SECRET))
                .headers("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void the_reference_library_verifies_each_of_two_secrets() throws Exception {
        var old = KeyText.webhookSecret();
        var fresh = KeyText.webhookSecret();
        var body = "{\"name\":\"Grüße 🌍\"}";

        var headers = new StandardWebhooks(List.of(fresh, old)).headers("msg_1", Instant.now(), body);

        new Webhook(old).verify(body, http(headers));
        new Webhook(fresh).verify(body, http(headers));
        assertThatThrownBy(() -> new Webhook(KeyText.webhookSecret()).verify(body, http(headers)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void drawn_secrets_differ_and_have_256_bits() {
        assertThat(KeyText.webhookSecret())
                .isNotEqualTo(KeyText.webhookSecret())
                .matches("whsec_[A-Za-z0-9+/]{43}=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"})
    void what_is_no_secret_is_refused_without_telling_it(String secret) {
        assertThatThrownBy(() -> new StandardWebhooks(List.of(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("webhook secret: not one (expected: whsec_ and 24 to 64 bytes in base 64)");
    }

    private static HttpHeaders http(Map<String, String> headers) {
        var lists = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return HttpHeaders.of(lists, (_, _) -> true);
    }
}
