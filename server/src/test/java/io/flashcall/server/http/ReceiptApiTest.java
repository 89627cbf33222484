package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.resource.ReceiptIntake.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What providers report needs no key of ours, and comes in whatever form they like.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReceiptApiTest {

    private static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ";

    private final ApiScene scene = new ApiScene();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        scene.close();
    }

    @Test
    void a_post_reaches_the_channel_as_it_came_whatever_its_type_and_whatever_its_idempotency_key() throws Exception {
        for (int i = 0; i < 2; i++) {
            var answer = send("/v1/receipts/sms?a=b", "id=1&status=ok", "application/x-www-form-urlencoded");
            assertThat(answer.statusCode()).isEqualTo(200);
        }

        assertThat(scene.receipts.posted).hasSize(2);
        var posted = scene.receipts.posted.getFirst();
        assertThat(posted.channel()).isEqualTo("sms");
        assertThat(posted.token()).isEmpty();
        assertThat(posted.query()).containsEntry("a", "b");
        assertThat(posted.headers()).containsEntry("x-sign", "s");
        assertThat(posted.body().text()).isEqualTo("id=1&status=ok");
    }

    @Test
    void the_secret_part_of_a_path_reaches_the_channel_and_stands_in_no_answer() throws Exception {
        scene.receipts.outcome = new Outcome.NotAuthentic();

        var answer = send("/v1/receipts/sms/" + TOKEN, "{}", "text/plain");

        assertThat(scene.receipts.posted.getFirst().token()).isEqualTo(Optional.of(TOKEN));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains(Problem.RECEIPT_NOT_AUTHENTIC.path()).doesNotContain(TOKEN);
        assertThat(answer.headers().map().toString()).doesNotContain(TOKEN);
        assertThat(scene.receipts.posted.getFirst().toString()).doesNotContain(TOKEN);
    }

    @Test
    void a_providers_question_is_answered_in_plain_text() throws Exception {
        scene.receipts.outcome = new Outcome.Echo("1158201444");

        var answer = client.send(
                HttpRequest.newBuilder(uri("/v1/receipts/whatsapp?hub.mode=subscribe&hub.challenge=1158201444"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body()).isEqualTo("1158201444");
        assertThat(scene.receipts.posted.getFirst().query()).containsEntry("hub.challenge", "1158201444");
    }

    @Test
    void what_cannot_be_taken_now_is_to_come_again() throws Exception {
        scene.receipts.outcome = new Outcome.TooMany();

        var answer = send("/v1/receipts/sms", "{}", "application/json");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("60");
    }

    @Test
    void a_channel_without_receipts_is_not_found_and_a_long_body_is_refused() throws Exception {
        scene.receipts.outcome = new Outcome.NoSuchChannel();
        assertThat(send("/v1/receipts/pigeon", "{}", "application/json").statusCode())
                .isEqualTo(404);

        assertThat(send("/v1/receipts/sms", "x".repeat(70_000), "text/plain").statusCode())
                .isEqualTo(413);
        assertThat(scene.receipts.posted).hasSize(1);
    }

    private HttpResponse<String> send(String path, String body, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", type)
                        .header("Idempotency-Key", "the same")
                        .header("X-Sign", "s")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + scene.api.port() + path);
    }
}
