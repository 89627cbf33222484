package io.flashcall.server.config;

import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.UserAgentConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads `conf/engine.yaml`, which explains every key.
public final class EngineConfigReader {

    private static final InetSocketAddress ANY = Addresses.parse("0.0.0.0:0", 0);

    private EngineConfigReader() {}

    /// @throws ConfigFileException naming every problem of the file
    public static EngineConfig read(Path file) {
        return read(file, System.getenv());
    }

    /// @param variables what `${NAME}` in a value stands for
    /// @throws ConfigFileException naming every problem of the file
    public static EngineConfig read(Path file, Map<String, String> variables) {
        var report = new Report(file.toString());
        var environment = new Environment(variables, directoryOf(file));
        return text(file, report)
                .flatMap(text -> YamlTree.parse(text, report))
                .flatMap(tree -> Section.readRoot(tree, environment, report, EngineConfigReader::engine))
                .filter(_ -> report.isEmpty())
                .orElseThrow(report::exception);
    }

    /// Of a file that lies where the command was started, the empty path.
    static Path directoryOf(Path file) {
        return Objects.requireNonNullElse(file.getParent(), Path.of(""));
    }

    static Optional<String> text(Path file, Report report) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            report.add(0, "file", "not found", "a YAML file");
        } catch (CharacterCodingException e) {
            report.add(0, "file", "not UTF-8", "a YAML file in UTF-8");
        } catch (IOException e) {
            report.add(0, "file", "cannot be read, " + e.getMessage(), "a YAML file");
        }
        return Optional.empty();
    }

    static Optional<EngineConfig> engine(Section root) {
        var userAgents = root.section("user_agents", EngineConfigReader::userAgents);
        var timers = root.section("timers", EngineConfigReader::timers);
        var dns = root.section("dns", EngineConfigReader::dns);
        var capture = root.section("capture", CaptureReader::read);
        var trunks = root.sections("trunks", "at least one trunk", TrunkReader::read);
        // Without a local address, or without a trunk, there is nothing to compare.
        return trunks.isEmpty() || root.faulty("user_agents.local")
                ? Optional.empty()
                : root.build("", () -> new EngineConfig(userAgents, timers, dns, capture, trunks));
    }

    private static DnsConfig dns(Section section) {
        var servers = section.list("servers", Kind.NAME_SERVER);
        var timeout = section.value("timeout", Kind.DURATION, DnsConfig.SYSTEM.timeout());
        return section.build("dns.", () -> new DnsConfig(servers, timeout)).orElse(DnsConfig.SYSTEM);
    }

    private static UserAgentConfig userAgents(Section section) {
        var local = section.value("local", Kind.LOCAL, ANY);
        var standard = UserAgentConfig.of(1, local);
        int count = section.value("count", Kind.INTEGER, standard.count());
        boolean sharedPort = section.value("shared_port", Kind.FLAG, standard.sharedPort());
        var advertised = section.list("advertised", Kind.ADVERTISED);
        int maxCalls = section.value("max_calls", Kind.INTEGER, standard.maxCalls());
        int eventCapacity = section.value("event_capacity", Kind.INTEGER, standard.eventCapacity());
        int receiveBuffer = section.value("receive_buffer", Kind.SIZE, standard.receiveBufferBytes());
        return section.build(
                        "user_agents.",
                        Map.of("local", "count", "advertised", "count"),
                        () -> new UserAgentConfig(
                                count, local, sharedPort, advertised, maxCalls, eventCapacity, receiveBuffer))
                .orElse(standard);
    }

    private static SipTimers timers(Section section) {
        var standard = SipTimers.STANDARD;
        var t1 = section.value("t1", Kind.DURATION, standard.t1());
        var t2 = section.value("t2", Kind.DURATION, standard.t2());
        var timeout = section.value("timeout", Kind.DURATION, standard.timeout());
        var linger = section.value("linger", Kind.DURATION, standard.linger());
        var tick = section.value("tick", Kind.DURATION, standard.tick());
        return section.build(
                        "timers.",
                        Map.of("t2", "t1", "timeout", "t1"),
                        () -> new SipTimers(t1, t2, timeout, linger, tick))
                .orElse(standard);
    }
}
