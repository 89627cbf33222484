package io.flashcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.Shell;
import io.flashcall.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoCommandTest {

    @TempDir
    private Path folder;

    @Test
    void once_is_one_whole_verification_with_timeline_and_ladder() {
        var shell = new Shell();
        assertThat(shell.run("demo", "--once", "--ring=500ms")).as(shell.err()).isZero();
        assertThat(shell.out())
                .startsWith("flashcall ready on http://127.0.0.1:")
                .contains("verification.started", "call.ringing", "outcome rang", "verification.verified")
                .contains("INVITE +4416****", "180 Ringing", "487 ")
                .containsPattern("Verified in \\d\\.\\d s\\.\\s+$");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void it_says_where_everything_is_and_what_to_type_and_keeps_its_data_where_it_is_told() {
        var shell = new Shell(Engine::start, (_, request) -> request.run());
        assertThat(shell.run("demo", "--port=0", "--data=" + folder))
                .as(shell.err())
                .isZero();
        assertThat(shell.out())
                .contains("flashcall ready on http://127.0.0.1:", "/docs", "fc_srv_", "fc_pub_")
                .contains(
                        "/v1/verifications -H 'Authorization: Bearer fc_srv_", "/handsets/+441614960123", "/webhooks");
        assertThat(folder.resolve("flashcall.db")).exists();
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var shell = new Shell(Engine::start, (_, request) -> request.run());
            assertThat(shell.run("demo", "--port=" + taken.getLocalPort()))
                    .as(shell.err())
                    .isEqualTo(2);
            assertThat(shell.err()).contains(String.valueOf(taken.getLocalPort()), "--port");
            assertThat(shell.out()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_none_is_refused() {
        var shell = new Shell();
        assertThat(shell.run("demo", "--port=70000")).isEqualTo(2);
        assertThat(shell.err()).contains("'--port': 70000", "expected");
    }
}
