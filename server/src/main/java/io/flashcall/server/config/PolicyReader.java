package io.flashcall.server.config;

import io.flashcall.verification.Bounded;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the keys of a policy, which stand among others: an app's, or a purpose's.
final class PolicyReader {

    static final Kind<ChannelName> CHANNEL = Kind.of("a channel's name, 1 to 32 of a-z 0-9 _", ChannelName::new);
    static final Kind<Duration> CHANNEL_TIME = Kind.between(Duration.ofSeconds(1), Duration.ofHours(1));

    private static final Kind<Integer> CODE_LENGTH = Kind.between(4, 6);
    private static final Kind<Duration> TTL = Kind.between(Duration.ofSeconds(10), Duration.ofHours(1));
    private static final Kind<Integer> COUNT = Kind.between(1, 10);
    private static final Kind<Duration> RING_TIME = Kind.between(Duration.ZERO, Duration.ofSeconds(30));

    private PolicyReader() {}

    /// @param base what holds for the keys that are absent
    static Policy read(Section section, Policy base) {
        var codeLength = bounded(section, "code_length", CODE_LENGTH, base.codeLength());
        var ttl = bounded(section, "ttl", TTL, base.timeToLive());
        var checks = bounded(section, "checks", COUNT, base.checks());
        var sends = bounded(section, "sends", COUNT, base.sends());
        var channels = channels(section, base.channels());
        var ringTime = bounded(section, "ring_time", RING_TIME, base.ringTime());
        return section.make("channels", () -> new Policy(codeLength, ttl, checks, sends, channels, ringTime))
                .orElse(base);
    }

    /// A single value allows no other; of `{default, min, max}` each may be absent.
    private static <T extends Comparable<T>> Bounded<T> bounded(
            Section section, String key, Kind<T> kind, Bounded<T> base) {
        if (!section.isMapping(key)) {
            return section.optional(key, kind).map(Bounded::fixed).orElse(base);
        }
        return section.section(key, bounds -> {
            var usual = bounds.value("default", kind, base.usual());
            var least = bounds.value("min", kind, base.least());
            var most = bounds.value("max", kind, base.most());
            if (bounds.faulty("default") || bounds.faulty("min") || bounds.faulty("max")) {
                return base;
            }
            if (least.compareTo(usual) > 0 || usual.compareTo(most) > 0) {
                section.refuse(key, "min, default and max in rising order, also with those that are inherited");
                return base;
            }
            return new Bounded<>(usual, least, most);
        });
    }

    private static List<PlannedChannel> channels(Section section, List<PlannedChannel> base) {
        if (!section.has("channels")) {
            return base;
        }
        var brief = CHANNEL.map((ChannelName name) -> new PlannedChannel(name))
                .expecting("names of channels, or {name: NAME, time: DURATION}");
        var channels = section.items("channels", brief, PolicyReader::channel);
        if (channels.isEmpty() && !section.faultyBelow("channels")) {
            section.refuse("channels", "at least one");
        }
        return channels.isEmpty() ? base : channels;
    }

    private static Optional<PlannedChannel> channel(Section section) {
        var name = section.required("name", CHANNEL);
        var time = section.optional("time", CHANNEL_TIME);
        return name.map(channel -> new PlannedChannel(channel, time));
    }
}
