package io.flashcall.server.config;

import io.flashcall.engine.CallerIds;
import io.flashcall.engine.DnsConfig;
import io.flashcall.engine.E164;
import io.flashcall.engine.EngineConfig;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.NumberPolicy.PlusE164;
import io.flashcall.engine.Password;
import io.flashcall.engine.PeerConfig;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.SipTransport;
import io.flashcall.engine.TlsConfig;
import io.flashcall.engine.TlsConfig.Version;
import io.flashcall.engine.TrunkConfig;
import io.flashcall.engine.UserAgentConfig;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Shows the configuration that an engine really runs with, in the file's own notation, telephone numbers masked.
public final class EffectiveConfig {

    private EffectiveConfig() {}

    /// Ends with a line feed.
    public static String print(EngineConfig config) {
        return userAgents(config.userAgents())
                + timers(config.timers())
                + dns(config.dns())
                + EffectiveCapture.print(config.capture())
                + "trunks:\n"
                + config.trunks().stream().map(EffectiveConfig::trunk).collect(Collectors.joining());
    }

    private static String dns(DnsConfig dns) {
        var servers = quoted(dns.servers().stream().map(Addresses::text).toList());
        return "dns: {servers: %s, timeout: %s}\n".formatted(servers, Durations.text(dns.timeout()));
    }

    private static String userAgents(UserAgentConfig agents) {
        return """
                user_agents:
                  count: %d
                  local: "%s"
                  shared_port: %b
                  advertised: %s
                  max_calls: %d
                  event_capacity: %d
                  receive_buffer: %s
                """.formatted(
                        agents.count(),
                        Addresses.text(agents.local()),
                        agents.sharedPort(),
                        quoted(agents.advertised()),
                        agents.maxCalls(),
                        agents.eventCapacity(),
                        Sizes.text(agents.receiveBufferBytes()));
    }

    private static String timers(SipTimers timers) {
        return "timers: {t1: %s, t2: %s, timeout: %s, linger: %s, tick: %s}\n"
                .formatted(
                        Durations.text(timers.t1()),
                        Durations.text(timers.t2()),
                        Durations.text(timers.timeout()),
                        Durations.text(timers.linger()),
                        Durations.text(timers.tick()));
    }

    private static String trunk(TrunkConfig trunk) {
        var calls = trunk.calls();
        return """
                  %s:
                    target: "%s"
                    sources: %s
                    transports: %s
                    tls: %s
                    failover: {after: %s, probe: %s}%s%s
                    caller_ids: %s
                    flash_calls_allowed: %s
                    numbers: %s
                    ring_policy: %s
                    ring_time: %s
                    setup_timeout: %s
                    max_channels: %d
                    calls_per_second: %d
                """.formatted(
                trunk.name(),
                trunk.peer().target(),
                quoted(trunk.peer().sources()),
                trunk.peer().transports().stream().map(SipTransport::parameter).toList(),
                tls(trunk.peer().tls()),
                Durations.text(trunk.peer().failover().failoverAfter()),
                Durations.text(trunk.peer().failover().probe()),
                auth(trunk.peer()),
                EffectiveOptions.print(trunk.options()),
                quoted(trunk.callerIds().ranges().stream()
                        .map(EffectiveConfig::range)
                        .toList()),
                trunk.callerIds().flashCallsAllowed(),
                numbers(trunk.numbers()),
                ringPolicy(calls.ringPolicy()),
                Durations.text(calls.ringTime()),
                Durations.text(calls.setupTimeout()),
                calls.maxChannels(),
                calls.callsPerSecond());
    }

    private static String tls(TlsConfig tls) {
        var text = new StringJoiner(", ", "{", "}");
        tls.trustStore().ifPresent(file -> text.add("trust_store: \"" + file + "\""));
        tls.client()
                .ifPresent(client -> text.add("client_certificate: \"%s\", client_key: \"%s\""
                        .formatted(client.certificates(), client.key())));
        text.add("versions: "
                + tls.versions().stream()
                        .sorted()
                        .map(version -> version == Version.TLS_1_2 ? "\"1.2\"" : "\"1.3\"")
                        .toList());
        tls.serverName().ifPresent(name -> text.add("server_name: \"" + name + "\""));
        return text.add("allow_wildcard: " + tls.allowWildcard()).toString();
    }

    /// The password stays where it is.
    private static String auth(PeerConfig peer) {
        return peer.credentials()
                .map(ours -> "\n    auth: {username: \"%s\", %s}"
                        .formatted(E164.mask(ours.username()), password(ours.password())))
                .orElse("");
    }

    private static String password(Password password) {
        return switch (password) {
            case Password.Text _ -> "password: \"***\"";
            case Password.InFile(var path) -> "password_file: \"" + path + "\"";
        };
    }

    private static String numbers(NumberPolicy numbers) {
        var format = switch (numbers.format()) {
            case PlusE164() -> "+e164";
            case PlainE164() -> "e164";
            case National national ->
                "national, country_code: \"%s\", national_prefix: \"%s\", international_prefix: \"%s\""
                        .formatted(national.countryCode(), national.nationalPrefix(), national.internationalPrefix());
        };
        return "{format: %s, user_phone: %s, p_asserted_identity: %s, remote_party_id: %s, from_domain: \"%s\"}"
                .formatted(
                        format,
                        numbers.userPhone(),
                        numbers.pAssertedIdentity(),
                        numbers.remotePartyId(),
                        numbers.fromDomain());
    }

    private static String ringPolicy(RingPolicy policy) {
        return switch (policy) {
            case RingPolicy.Only180() -> "180";
            case RingPolicy.Also183() -> "180-or-183";
            case RingPolicy.EarlyMedia() -> "180-or-early-media";
            case RingPolicy.After183 after -> "{183-after: " + Durations.text(after.delay()) + "}";
        };
    }

    private static String range(CallerIds.Range range) {
        return range.first().equals(range.last()) ? range.first().toString() : range.first() + ".." + range.last();
    }

    static String quoted(Collection<?> values) {
        return values.stream().map(value -> '"' + value.toString() + '"').collect(Collectors.joining(", ", "[", "]"));
    }
}
