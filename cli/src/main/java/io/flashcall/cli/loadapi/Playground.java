package io.flashcall.cli.loadapi;

import io.flashcall.cli.child.ChildCommand;
import io.flashcall.cli.sandbox.SandboxConfig;
import io.flashcall.cli.sandbox.SandboxConfig.Pace;
import io.flashcall.cli.sandbox.Scratch;
import io.flashcall.server.config.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A carrier with handsets and a service, in processes of their own, whose configuration raises the limits.
final class Playground implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(30);
    private static final InetSocketAddress ANY_PORT = Addresses.parse("127.0.0.1:0", 0);

    private final Scratch scratch;
    private final Map<String, ChildCommand> children;
    private final ApiTarget target;

    private Playground(Scratch scratch, Map<String, ChildCommand> children, ApiTarget target) {
        this.scratch = scratch;
        this.children = children;
        this.target = target;
    }

    /// Returns when everything is ready.
    static Playground start() throws IOException, InterruptedException {
        var scratch = Scratch.temporary("flashcall-load-api");
        var children = new LinkedHashMap<String, ChildCommand>();
        try {
            return start(scratch, children);
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(children, scratch);
            throw e;
        }
    }

    private static Playground start(Scratch scratch, Map<String, ChildCommand> children)
            throws IOException, InterruptedException {
        var folder = scratch.path();
        var carrier = child(folder, "carrier", "--listen=127.0.0.1:0", "--handsets=127.0.0.1:0");
        children.put("carrier", carrier);
        var trunk = Addresses.parse(carrier.await("carrier ring on ", TO_START), 0);
        var handsets = URI.create(carrier.await("handsets on ", TO_START));
        var config = new SandboxConfig(folder, ANY_PORT, trunk, Optional.empty(), Pace.LOAD);
        var file = Files.writeString(folder.resolve("server.yaml"), config.text());
        var service = child(folder, "serve", "--config=" + file);
        children.put("service", service);
        var url = URI.create(service.await("flashcall ready on ", TO_START));
        try (var keys = child(folder, "keys", "create", "--scope=server", "--app=demo", "--config=" + file)) {
            var key = "fc_" + keys.await("fc_", TO_START);
            return new Playground(scratch, children, new ApiTarget(List.of(url), key, handsets, ANY_PORT, false));
        }
    }

    private static ChildCommand child(Path folder, String... args) throws IOException {
        return ChildCommand.start(folder.resolve(args[0] + ".log"), List.of(), args);
    }

    ApiTarget target() {
        return target;
    }

    /// What each process has used.
    Map<String, Supplier<Duration>> cpu() {
        var used = new LinkedHashMap<String, Supplier<Duration>>();
        children.forEach((name, child) -> used.put(name, child::cpu));
        return used;
    }

    private static void end(Map<String, ChildCommand> children, Scratch scratch) {
        // The service first: it would call a carrier that is gone.
        children.values().stream().toList().reversed().forEach(ChildCommand::close);
        scratch.close();
    }

    @Override
    public void close() {
        end(children, scratch);
    }
}
