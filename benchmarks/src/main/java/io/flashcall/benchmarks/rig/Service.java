package io.flashcall.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `serve` on a store, beside a carrier whose phones ring: what `load-api` loads.
public final class Service implements AutoCloseable {

    private static final Pattern CARRIER = Pattern.compile("carrier ring on (\\S+)");
    private static final Pattern HANDSETS = Pattern.compile("handsets on (\\S+)");
    private static final Pattern READY = Pattern.compile("flashcall ready on (\\S+)");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Pinned carrier;
    private final Pinned service;
    private final String handsets;
    private final String url;
    private final String key;

    private Service(Pinned carrier, Pinned service, String handsets, String url, String key) {
        this.carrier = carrier;
        this.service = service;
        this.handsets = handsets;
        this.url = url;
        this.key = key;
    }

    /// @param store the value of `store`, in YAML's flow style
    public static Service start(Rig rig, String store) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(rig.work(), "service-");
        var carrier = rig.start(
                Rig.ANY,
                rig.flashcall("carrier", "--listen", "127.0.0.1:0", "--behaviour", "ring", "--handsets", "127.0.0.1:0"),
                "ring");
        String trunk = carrier.awaitOut(CARRIER, LONGEST).group(1);
        String handsets = carrier.awaitOut(HANDSETS, LONGEST).group(1);
        var config = rig.write("service.yaml", config(store, folder, trunk));
        var service = rig.start(Rig.ANY, rig.flashcall("serve", "--config", config.toString()), "service");
        String url = service.awaitOut(READY, LONGEST).group(1);
        return new Service(carrier, service, handsets, url, key(rig, config));
    }

    private static String config(String store, Path folder, String trunk) {
        return """
                listen: "127.0.0.1:0"
                store: %s
                master_key: {file: "%s"}
                engine:
                  user_agents: {local: "127.0.0.1:0", max_calls: 32768, event_capacity: 163840}
                  trunks:
                    testbed:
                      target: "%s"
                      caller_ids: ["+442079460000..+442079460999"]
                      flash_calls_allowed: true
                      calls_per_second: 10000
                      max_channels: 100000
                pools:
                  drama:
                    owner: nobody, they are kept for drama
                    proof: Ofcom's list of numbers for use in drama
                    country: GB
                    trunks: [testbed]
                    numbers: ["+442079460000..+442079460999"]
                routes:
                  - {prefix: "+", trunk: testbed, pool: drama}
                webhooks: {allow_http: true, allow_private_addresses: ["127.0.0.0/8"]}
                apps:
                  demo: {ttl: 30s}
                """.formatted(store.replace("FOLDER", folder.toString()), folder.resolve("master.key"), trunk);
    }

    private static String key(Rig rig, Path config) throws IOException, InterruptedException {
        var command =
                rig.flashcall("keys", "create", "--scope", "server", "--app", "demo", "--config", config.toString());
        try (var keys = rig.start(Rig.ANY, command, "keys")) {
            if (keys.end(LONGEST) != 0) {
                throw new IOException("no key: " + keys.err());
            }
            return keys.out().strip();
        }
    }

    /// What load-api is told of it.
    public List<String> target() {
        return List.of("--url", url, "--key", key, "--handsets", handsets);
    }

    /// CPU time of the service so far.
    public Duration cpu() throws IOException {
        return service.cpu();
    }

    /// The same by the names of its threads.
    public Map<String, Duration> cpuByThread() throws IOException {
        return service.cpuByThread();
    }

    @Override
    public void close() {
        service.close();
        carrier.close();
    }
}
