package io.flashcall.engine;

import io.flashcall.engine.ConfigException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// All that an engine needs to start. An instance that exists is valid.
///
/// @param userAgents how many, where they listen, how much they hold
/// @param timers     RFC 3261 timers and the wheel's tick
/// @param dns        whom to ask where carriers are
/// @param capture    what is kept of the messages on the wire
/// @param trunks     at least one, with distinct names
public record EngineConfig(
        UserAgentConfig userAgents, SipTimers timers, DnsConfig dns, CaptureConfig capture, List<TrunkConfig> trunks) {

    /// Nothing is captured.
    public EngineConfig(UserAgentConfig userAgents, SipTimers timers, DnsConfig dns, List<TrunkConfig> trunks) {
        this(userAgents, timers, dns, CaptureConfig.NONE, trunks);
    }

    /// The same with the system's name servers.
    public EngineConfig(UserAgentConfig userAgents, SipTimers timers, List<TrunkConfig> trunks) {
        this(userAgents, timers, DnsConfig.SYSTEM, trunks);
    }

    /// The same with other wishes of what is captured.
    public EngineConfig withCapture(CaptureConfig other) {
        return new EngineConfig(userAgents, timers, dns, other, trunks);
    }

    public EngineConfig {
        trunks = List.copyOf(trunks);
        var problems = new ArrayList<Problem>();
        if (trunks.isEmpty()) {
            problems.add(new Problem("trunks", "none", "at least one trunk"));
        }
        var names = new HashSet<String>();
        for (var trunk : trunks) {
            if (!names.add(trunk.name())) {
                problems.add(new Problem("trunks." + trunk.name(), "twice", "a name of its own for each trunk"));
            }
            if (!userAgents.mayReach(trunk.peer().target())) {
                problems.add(new Problem(
                        "trunks." + trunk.name() + ".target",
                        trunk.peer().target().toString(),
                        "an address that user_agents.local " + userAgents.local() + " can send to (same IP version)"));
            }
        }
        capture.pcap()
                .map(CaptureConfig.Pcap::trunk)
                .filter(trunk -> !trunk.isEmpty() && !names.contains(trunk))
                .ifPresent(trunk ->
                        problems.add(new Problem("capture.pcap.trunk", trunk, "the name of a trunk, or none for all")));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
