package io.flashcall.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.SandboxFile;
import io.flashcall.cli.serve.ServiceStarter.Running;
import io.flashcall.cli.terminal.ReloadSignal;
import io.flashcall.server.config.Reloaded;
import io.flashcall.verification.AppId;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServeCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicBoolean closed = new AtomicBoolean();

    @TempDir
    private Path folder;

    @Test
    void it_shows_what_it_runs_with_masked_says_where_it_is_and_ends_when_asked() throws IOException {
        assertThat(serve((_, _) -> running(), SandboxFile.in(folder))).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("flashcall ready on http://127.0.0.1:8080");
        assertThat(err.toString())
                .contains("starts_per_destination: [30 in 600s]", "testbed")
                .doesNotContain("+442079460000");
        assertThat(closed).isTrue();
    }

    @Test
    void an_address_that_is_taken_is_bad_configuration() throws IOException {
        ServiceStarter taken = (_, _) -> {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:8080", new BindException());
        };
        assertThat(serve(taken, SandboxFile.in(folder))).isEqualTo(2);
        assertThat(err.toString()).contains("cannot listen on 127.0.0.1:8080");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void every_problem_of_the_configuration_is_told() throws IOException {
        var file = folder.resolve("bad.yaml");
        Files.writeString(file, "listen: nowhere:x\nengine: none.yaml\nroute: []\n");
        assertThat(serve((_, _) -> running(), file)).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere", "none.yaml", "route");
    }

    private int serve(ServiceStarter starter, Path config) {
        return new CommandLine(new ServeCommand(starter, (_, request) -> request.run(), ReloadSignal.NONE))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--config=" + config);
    }

    private Running running() {
        return new Running() {
            @Override
            public URI url() {
                return URI.create("http://127.0.0.1:8080");
            }

            @Override
            public String createKey(Scope scope, Optional<AppId> app, String name) {
                return "";
            }

            @Override
            public Reloaded reload() {
                throw new AssertionError("nobody asked");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }
}
