package io.flashcall.server.channel.email;

import static io.flashcall.server.channel.email.EmailScene.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Verdict;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server that misbehaves: nothing is sent twice unless it is known not to be there.
@DisplayNameGeneration(ReplaceUnderscores.class)
@Execution(ExecutionMode.CONCURRENT)
class EmailFaultsTest {

    private static final String END = ".";
    private static final AttemptResult ACCEPTED = new AttemptResult(Verdict.DELIVERED, "accepted", "SMTP 250", true);

    private final EmailScene scene = new EmailScene();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", END})
    void a_refusal_for_good_moves_on_at_once(String word) {
        send(server.answering(word, "550 5.1.1 alice@shop.example is unknown here", "250 ok"));

        assertThat(scene.results).containsExactly(refused(550));
        assertThat(server.heard(word)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", END})
    void a_refusal_for_now_is_tried_once_more(String word) {
        send(server.answering(word, "451 4.7.1 come back later"));
        assertThat(scene.results).containsExactly(ACCEPTED);
        assertThat(server.heard(word)).isEqualTo(2);

        scene.results.clear();
        send(server.answering(word, "451 4.7.1 come back later", "452 4.3.1 full"));
        assertThat(scene.results).containsExactly(refused(452));
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedServer.HANG_UP, ScriptedServer.SILENCE})
    void without_an_answer_to_the_end_of_a_letter_it_may_be_on_its_way_and_is_not_sent_again(String fault) {
        scene.within(Duration.ofMillis(300));
        send(server.answering(END, fault));

        assertThat(scene.results).hasSize(1);
        assertThat(scene.results.getFirst().verdict()).isEqualTo(Verdict.PERHAPS);
        assertThat(scene.results.getFirst().outcome()).isEqualTo("provider_timeout");
        assertThat(scene.results.getFirst().shown()).isTrue();
        assertThat(server.heard(END)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
    void what_was_not_sent_as_a_whole_moves_on(String word) {
        scene.within(Duration.ofMillis(300));
        for (var fault : new String[] {ScriptedServer.HANG_UP, ScriptedServer.SILENCE}) {
            scene.results.clear();
            // HELO follows an EHLO that nobody understood.
            send(server.answering(word, fault, fault).answering("HELO", fault, fault));

            assertThat(scene.results).hasSize(1);
            assertThat(scene.results.getFirst().verdict()).isEqualTo(Verdict.NEXT_CHANNEL);
            assertThat(scene.results.getFirst().outcome()).isEqualTo("provider_unreachable");
            assertThat(server.heard(END)).isZero();
        }
    }

    @Test
    void a_greeting_that_refuses_is_a_refusal() {
        send(server.answering("greeting", "554 5.7.1 not from here"));

        assertThat(scene.results).containsExactly(refused(554));
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws IOException {
        server.close();
        send(server);

        assertThat(scene.results)
                .containsExactly(
                        new AttemptResult(Verdict.NEXT_CHANNEL, "provider_unreachable", "connection refused", false));
    }

    @Test
    void a_connection_that_the_server_closed_while_it_lay_idle_is_replaced() throws IOException {
        try (var channel = scene.channel(plain(server.port()))) {
            scene.send(channel);
            server.hangUp();
            scene.send(channel);
        }

        assertThat(scene.results).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(server.heard(END)).isEqualTo(2);
    }

    private static AttemptResult refused(int code) {
        return new AttemptResult(Verdict.NEXT_CHANNEL, "provider_refused", "SMTP " + code, false);
    }

    private void send(ScriptedServer to) {
        try (var channel = scene.channel(plain(to.port()))) {
            scene.send(channel);
        }
    }
}
