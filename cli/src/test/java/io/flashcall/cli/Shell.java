package io.flashcall.cli;

import io.flashcall.cli.option.EngineStarter;
import io.flashcall.cli.serve.WiredService;
import io.flashcall.cli.terminal.StopSignal;
import io.flashcall.engine.Engine;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;

/// Runs the command in this process and keeps what it prints.
public final class Shell {

    private final Main.Outside outside;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Shell(Main.Outside outside) {
        this.outside = outside;
    }

    public Shell(EngineStarter engines, StopSignal stop) {
        this(new Main.Outside(engines, WiredService::start, Reader.nullReader(), stop));
    }

    /// With somebody who types.
    public Shell(Reader keyboard) {
        this(new Main.Outside(Engine::start, WiredService::start, keyboard, (_, _) -> {}));
    }

    /// With the real engine, and nobody who stops it.
    public Shell() {
        this(Engine::start, (_, _) -> {});
    }

    public Shell(FakeEngine engine) {
        this(engine.starter(), (_, _) -> {});
    }

    /// @return the exit code
    public int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine(outside)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
