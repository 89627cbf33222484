package io.flashcall.server.config;

import io.flashcall.verification.Bounded;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the parts of an app as its readers read them.
final class JsonText {

    private JsonText() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// The keys in which `policy` is another than `base`.
    static void policy(ObjectNode into, Policy policy, Policy base) {
        numbers(into, "code_length", policy.codeLength(), base.codeLength());
        durations(into, "ttl", policy.timeToLive(), base.timeToLive());
        numbers(into, "checks", policy.checks(), base.checks());
        numbers(into, "sends", policy.sends(), base.sends());
        if (!policy.channels().equals(base.channels())) {
            channels(into, policy.channels());
        }
        durations(into, "ring_time", policy.ringTime(), base.ringTime());
    }

    /// All keys of a policy.
    static void policy(ObjectNode into, Policy policy) {
        number(into, "code_length", policy.codeLength());
        duration(into, "ttl", policy.timeToLive());
        number(into, "checks", policy.checks());
        number(into, "sends", policy.sends());
        channels(into, policy.channels());
        duration(into, "ring_time", policy.ringTime());
    }

    private static void numbers(ObjectNode into, String key, Bounded<Integer> value, Bounded<Integer> base) {
        if (!value.equals(base)) {
            number(into, key, value);
        }
    }

    private static void durations(ObjectNode into, String key, Bounded<Duration> value, Bounded<Duration> base) {
        if (!value.equals(base)) {
            duration(into, key, value);
        }
    }

    private static void number(ObjectNode into, String key, Bounded<Integer> value) {
        if (isFixed(value)) {
            into.put(key, value.usual());
        } else {
            into.putObject(key)
                    .put("default", value.usual())
                    .put("min", value.least())
                    .put("max", value.most());
        }
    }

    private static void duration(ObjectNode into, String key, Bounded<Duration> value) {
        if (isFixed(value)) {
            into.put(key, Durations.text(value.usual()));
        } else {
            into.putObject(key)
                    .put("default", Durations.text(value.usual()))
                    .put("min", Durations.text(value.least()))
                    .put("max", Durations.text(value.most()));
        }
    }

    private static void channels(ObjectNode into, List<PlannedChannel> channels) {
        var array = into.putArray("channels");
        for (var channel : channels) {
            if (channel.limit().isEmpty()) {
                array.add(channel.name().value());
            } else {
                array.addObject().put("name", channel.name().value()).put("time", Durations.text(channel.time()));
            }
        }
    }

    private static <T extends Comparable<T>> boolean isFixed(Bounded<T> value) {
        return value.equals(Bounded.fixed(value.usual()));
    }
}
