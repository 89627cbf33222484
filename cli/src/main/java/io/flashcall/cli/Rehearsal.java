package io.flashcall.cli;

import io.flashcall.cli.serve.WiredService;
import io.flashcall.engine.Engine;
import io.flashcall.server.config.Addresses;
import io.flashcall.testbed.Carrier;
import io.flashcall.testbed.CarrierConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/// What the launcher runs once after a build, to record for the JVM's AOT cache what a command needs at its start.
/// Whatever should start fast belongs in here; it may use loopback only, and it ends by itself.
final class Rehearsal {
    private static final Duration AT_MOST = Duration.ofSeconds(15);
    private static final String TO = "+442079460123";
    private static final String FROM = "+12025550123";

    private Rehearsal() {}

    public static void main(String... args) throws InterruptedException {
        var discarded = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(discarded);
        System.setErr(discarded);
        // A daemon thread: a rehearsal that hangs must not keep the first command from starting.
        Thread.ofPlatform().daemon().start(Rehearsal::rehearse).join(AT_MOST);
    }

    private static void rehearse() {
        LoggerFactory.getLogger(Rehearsal.class).debug("recording the start of a command");
        run("--version");
        run("test", "--no-such-option");
        run("health", "--url=http://127.0.0.1:9");
        run("place", "--to", TO, "--from", FROM, "--trunk", "none-of-the-configuration");
        try (var carrier = Carrier.start(CarrierConfig.loopback("ring:pdd=0ms"))) {
            String trunk = Addresses.text(carrier.address());
            run("place", "--to", TO, "--from", FROM, "--trunk", trunk, "--ring", "0ms");
            run("place", "--to", TO, "--from", FROM, "--trunk", trunk, "--ring", "0ms", "--json");
        }
        run("demo", "--once", "--ring=500ms");
        // Few calls: it is their classes that the cache is to hold.
        try (var carrier = Carrier.start(CarrierConfig.loopback("reflect"))) {
            run(
                    "load",
                    "--to",
                    TO,
                    "--from",
                    FROM,
                    "--trunk",
                    Addresses.text(carrier.address()),
                    "--rate=1000",
                    "--calls=200");
        }
    }

    private static void run(String... args) {
        var outside = new Main.Outside(Engine::start, WiredService::start, Reader.nullReader(), (_, _) -> {});
        Main.commandLine(outside, args).execute(args);
    }
}
