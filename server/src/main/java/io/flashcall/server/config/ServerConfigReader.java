package io.flashcall.server.config;

import io.flashcall.engine.EngineConfig;
import io.flashcall.server.config.ServerConfig.Declared;
import io.flashcall.server.config.ServerConfig.Http;
import io.flashcall.server.config.ServerConfig.Outgoing;
import io.flashcall.server.config.ServerConfig.Storage;
import io.flashcall.server.config.ServerConfig.Webhooks;
import io.flashcall.verification.guard.Limiter.Limit;
import io.flashcall.verification.guard.Limiter.Rate;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.QuarantineRule;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads `conf/server.yaml`, which explains every key.
public final class ServerConfigReader {

    private static final int HTTP_PORT = 8080;
    private static final Kind<InetSocketAddress> LISTEN =
            Kind.of(Addresses.EXPECTED, text -> Addresses.parse(text, HTTP_PORT));
    private static final Kind<Integer> BODY_LIMIT = Kind.of("1KiB to 1MiB", ServerConfigReader::bodyLimit);
    private static final Kind<Duration> REQUEST_TIMEOUT = Kind.between(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Kind<Duration> RETENTION = Kind.between(Duration.ofHours(1), Duration.ofDays(3650));
    private static final Kind<Duration> BLOCKS_COUNT = Kind.between(Duration.ofMinutes(1), Duration.ofDays(30));
    private static final Kind<Duration> COOL_DOWN = Kind.between(Duration.ZERO, Duration.ofDays(30));
    private static final Kind<Rate> RATE = Kind.of("N in DURATION, such as 3 in 10m", ServerConfigReader::rate);

    private static final Kind<String> PUBLIC_URL = Kind.matching(
            "https://HOST, with or without a path, and without a slash at its end",
            Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(?:/[A-Za-z0-9._~-]+)*"));

    private final Path directory;
    private final Map<String, String> variables;

    private ServerConfigReader(Path directory, Map<String, String> variables) {
        this.directory = directory;
        this.variables = variables;
    }

    /// @throws ConfigFileException naming every problem of the file
    public static ServerConfig read(Path file) {
        return read(file, System.getenv());
    }

    /// @param variables what `${NAME}` in a value stands for
    /// @throws ConfigFileException naming every problem of the file
    public static ServerConfig read(Path file, Map<String, String> variables) {
        var report = new Report(file.toString());
        var text = EngineConfigReader.text(file, report);
        if (text.isEmpty()) {
            throw report.exception();
        }
        var directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("."));
        return read(text.get(), directory, variables, report);
    }

    /// Reads what stands in no file, such as a demo's configuration.
    ///
    /// @param directory that the paths in it are relative to
    /// @throws ConfigFileException naming every problem of the text
    public static ServerConfig parse(String text, Path directory, Map<String, String> variables) {
        return read(text, directory, variables, new Report("configuration"));
    }

    private static ServerConfig read(String text, Path directory, Map<String, String> variables, Report report) {
        var reader = new ServerConfigReader(directory, variables);
        return YamlTree.parse(text, report)
                .flatMap(tree -> Section.readRoot(tree, new Environment(variables, directory), report, reader::server))
                .filter(_ -> report.isEmpty())
                .orElseThrow(report::exception);
    }

    private Optional<ServerConfig> server(Section root) {
        var http = http(root);
        var storage = storage(root);
        var engine = engine(root);
        var limits = root.section("limits", ServerConfigReader::limits);
        var channels = root.sections("channels", new ChannelReader(directory, http.publicUrl())::read);
        var apps = root.sections("apps", AppReader::read);
        var pools = root.sections("pools", new PoolReader(Optional.of(directory))::read);
        var routes = root.items("routes", "a list of {prefix: +44, trunk: NAME, pool: NAME}", RouteReader::read);
        var webhooks = root.section("webhooks", WebhooksReader::read);
        var elsewhere = Set.copyOf(root.list("pools_of_api", PoolReader.POOL));
        var prices = root.section("prices", new PricesReader(directory, new Environment(variables))::read);
        var declared = new Declared(apps, pools, routes, elsewhere, prices);
        var outgoing = outgoing(channels, webhooks);
        var config = engine.map(known -> new ServerConfig(http, storage, known, declared, limits, outgoing));
        config.ifPresent(whole -> CrossChecks.run(whole, root));
        return config;
    }

    private static Outgoing outgoing(List<ChannelReader.Entry> channels, Webhooks webhooks) {
        return new Outgoing(
                channels.stream().flatMap(entry -> entry.config().stream()).toList(),
                channels.stream()
                        .collect(Collectors.toMap(ChannelReader.Entry::name, ChannelReader.Entry::rules, (a, _) -> a)),
                webhooks);
    }

    private static Http http(Section root) {
        var standard = Http.DEFAULT;
        return new Http(
                root.value("listen", LISTEN, standard.listen()),
                root.list("trusted_proxies", Kind.SOURCE),
                root.value("body_limit", BODY_LIMIT, standard.bodyLimit()),
                root.value("request_timeout", REQUEST_TIMEOUT, standard.requestTimeout()),
                root.optional("public_url", PUBLIC_URL));
    }

    private static Storage storage(Section root) {
        var standard = Storage.DEFAULT;
        var store = root.section("store", StoreReader::read);
        var retention = root.value("retention", RETENTION, standard.retention());
        return new Storage(store, retention, masterKey(root, standard.masterKey()));
    }

    private static MasterKey masterKey(Section root, MasterKey standard) {
        var key = "master_key";
        return root.isMapping(key)
                ? root.<MasterKey>section(
                        key,
                        section -> section.required("file", Kind.PATH)
                                .<MasterKey>map(MasterKey.InFile::new)
                                .orElse(standard))
                : root.value(key, Kind.MASTER_KEY, standard);
    }

    private Optional<EngineConfig> engine(Section root) {
        if (root.isMapping("engine")) {
            return root.section("engine", EngineConfigReader::engine);
        }
        var expected = Kind.PATH.expecting("the path of an engine.yaml relative to this file, or its keys");
        return root.required("engine", expected).flatMap(path -> {
            try {
                return Optional.of(EngineConfigReader.read(directory.resolve(path), variables));
            } catch (ConfigFileException e) {
                for (var problem : e.problems()) {
                    var line = problem.line() > 0 ? " line " + problem.line() : "";
                    root.tellOf("engine", path + line + ": " + problem.key() + ": " + problem.text());
                }
                return Optional.empty();
            }
        });
    }

    private static Limits limits(Section section) {
        var standard = Limits.DEFAULT;
        return new Limits(
                limit(section, standard.startsPerDestination()),
                limit(section, standard.startsPerAddress()),
                section.value("failed_checks_per_day", Kind.between(1, 1_000_000_000), standard.failedChecksPerDay()),
                section.value("caller_id_cool_down", COOL_DOWN, standard.callerIdCoolDown()),
                section.section("quarantine", ServerConfigReader::quarantine));
    }

    private static QuarantineRule quarantine(Section section) {
        var standard = QuarantineRule.DEFAULT;
        return new QuarantineRule(
                section.value("destinations", Kind.between(1, 1000), standard.destinations()),
                section.value("within", BLOCKS_COUNT, standard.window()),
                section.value("for", COOL_DOWN, standard.length()));
    }

    private static Limit limit(Section section, Limit standard) {
        var rates = section.list(standard.name(), RATE);
        if (rates.isEmpty() && section.has(standard.name()) && !section.faultyBelow(standard.name())) {
            section.refuse(standard.name(), "at least one such as 3 in 10m");
        }
        return rates.isEmpty() ? standard : new Limit(standard.name(), rates);
    }

    private static Rate rate(String text) {
        var words = text.split(" in ", 2);
        int most = Integer.parseInt(words[0]);
        var period = Durations.parse(words.length == 2 ? words[1] : "");
        if (most < 1 || period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(30)) > 0) {
            throw new BadValueException(text, "1 or more in 1s to 30d");
        }
        return new Rate(most, period);
    }

    private static int bodyLimit(String text) {
        int bytes = Sizes.parse(text);
        if (bytes < 1024 || bytes > 1024 * 1024) {
            throw new BadValueException(text, "1KiB to 1MiB");
        }
        return bytes;
    }
}
