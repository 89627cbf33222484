package io.flashcall.engine.telemetry;

import io.flashcall.engine.Admission.Reason;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.capture.CaptureCounters;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What an engine did since it started.
///
/// @param agents        one snapshot for each user agent
/// @param registrations how each user agent stands with each trunk that registers
/// @param trunks        how each trunk stands now
/// @param refused       calls that were not taken
/// @param captures      what became of the messages that are captured, by where they go: `hep`, `pcap`
public record EngineSnapshot(
        List<AgentSnapshot> agents,
        List<RegistrationStatus> registrations,
        List<TrunkSnapshot> trunks,
        Map<Reason, Long> refused,
        Map<String, CaptureCounters> captures) {

    /// Of an engine without trunks, which nobody has asked.
    public EngineSnapshot(List<AgentSnapshot> agents) {
        this(agents, List.of(), List.of(), Map.of(), Map.of());
    }

    /// How user agents stand with trunks, and nothing else of these.
    public EngineSnapshot(List<AgentSnapshot> agents, List<RegistrationStatus> registrations) {
        this(agents, registrations, List.of(), Map.of(), Map.of());
    }

    /// One trunk.
    ///
    /// @param channels   in use
    /// @param backingOff whether the carrier has asked to be left alone, and is
    /// @param withheld   share of its new calls that the carrier wants withheld (RFC 7339), 0 to 1
    /// @param guarded    whether its guard lets no calls out, or a few test calls
    public record TrunkSnapshot(String name, int channels, boolean backingOff, double withheld, boolean guarded) {}

    /// One user agent.
    ///
    /// @param counters  by metric
    /// @param socket    what passed through its socket, or did not
    /// @param live      slots in use now
    /// @param latencies distributions in nanoseconds
    public record AgentSnapshot(Map<Metric, Long> counters, Socket socket, int live, Latencies latencies) {}

    /// @param received    datagrams read
    /// @param kernelDrops datagrams lost because the receive buffer was full; -1 where the system does not say
    /// @param truncated   datagrams dropped because they were longer than 16 KiB
    /// @param sendDrops   datagrams given up because the system took none for so long that the queue was full
    public record Socket(long received, long kernelDrops, long truncated, long sendDrops) {}

    /// @param postDialDelay  first INVITE sent → first ringing
    /// @param ringTime       ringing → CANCEL sent
    /// @param hangUpLateness CANCEL sent − ring time due
    public record Latencies(Histogram postDialDelay, Histogram ringTime, Histogram hangUpLateness) {}

    /// The sum over all user agents.
    public long count(Metric metric) {
        return agents.stream()
                .mapToLong(agent -> agent.counters().getOrDefault(metric, 0L))
                .sum();
    }

    public int live() {
        return agents.stream().mapToInt(AgentSnapshot::live).sum();
    }

    public long kernelDrops() {
        return agents.stream()
                .mapToLong(agent -> agent.socket().kernelDrops())
                .filter(n -> n > 0)
                .sum();
    }

    /// The three distributions over all user agents.
    public Latencies latencies() {
        var sum = new Latencies(empty(), empty(), empty());
        for (var agent : agents) {
            sum.postDialDelay().add(agent.latencies().postDialDelay());
            sum.ringTime().add(agent.latencies().ringTime());
            sum.hangUpLateness().add(agent.latencies().hangUpLateness());
        }
        return sum;
    }

    private static Histogram empty() {
        return new Histogram(3);
    }
}
