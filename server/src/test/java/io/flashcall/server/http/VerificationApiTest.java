package io.flashcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.http.message.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VerificationApiTest {

    private static final ApiScene SCENE = new ApiScene();

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @Test
    void a_number_is_verified_in_two_requests() {
        var started = SCENE.client
                .post("/v1/verifications", SCENE.server, "{\"to\": \"+44 7700 900123\"}")
                .is(201);
        assertThat(started.at("/to")).isEqualTo("+447700900123");
        var checked = SCENE.client
                .post("/v1/verifications/" + started.at("/id") + "/check", SCENE.server, "{\"code\": \"0123\"}")
                .is(200);
        assertThat(checked.at("/correct")).isEqualTo("true");
        assertThat(checked.at("/status")).isEqualTo("verified");
    }

    @Test
    void a_missing_field_is_named() {
        SCENE.client
                .post("/v1/verifications", SCENE.server, "{}")
                .is(Problem.INVALID_REQUEST)
                .says("“to” is missing");
    }
}
