package io.flashcall.server.metrics;

import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.AgentSnapshot;
import io.flashcall.engine.telemetry.Metric;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/// Reads one snapshot of the engine whenever somebody asks.
///
/// @param snapshots where it comes from
record EngineCollector(Supplier<EngineSnapshot> snapshots) implements MultiCollector {

    private static final String PREFIX = "flashcall_";
    private static final double[] CALL_BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 12, 20, 60};
    private static final double[] LATENESS_BOUNDS = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1};

    @Override
    public MetricSnapshots collect() {
        var snapshot = snapshots.get();
        var all = new ArrayList<MetricSnapshot>();
        for (var metric : Metric.values()) {
            all.add(counter(name(metric), help(metric), snapshot.count(metric)));
        }
        all.add(counter(
                "sip_datagrams_received",
                "Datagrams read.",
                sum(snapshot, a -> a.socket().received())));
        all.add(counter(
                "sip_kernel_drops", "Datagrams lost because a receive buffer was full.", snapshot.kernelDrops()));
        all.add(counter(
                "sip_truncated",
                "Datagrams dropped because they were too long.",
                sum(snapshot, a -> a.socket().truncated())));
        all.add(counter(
                "sip_send_drops",
                "Datagrams given up because the system took none.",
                sum(snapshot, a -> a.socket().sendDrops())));
        long active = snapshot.count(Metric.CALLS_PLACED) - snapshot.count(Metric.CALLS_ENDED);
        all.add(gauge("calls_active", "Calls in the air.", Math.max(0, active)));
        all.add(gauge("call_slots_used", "Places for calls in use, ended ones that wait included.", snapshot.live()));
        all.add(registered(snapshot.registrations()));
        all.addAll(TrunkGauges.of(snapshot));
        var latencies = snapshot.latencies();
        all.add(histogram("call_pdd", "From the first INVITE to ringing.", latencies.postDialDelay(), CALL_BOUNDS));
        all.add(histogram("call_ring", "From ringing to our hanging up.", latencies.ringTime(), CALL_BOUNDS));
        all.add(histogram(
                "call_hangup_lateness",
                "How late we hung up, after the ring time was over.",
                latencies.hangUpLateness(),
                LATENESS_BOUNDS));
        return new MetricSnapshots(all);
    }

    private static String name(Metric metric) {
        var name = metric.name().toLowerCase(Locale.ROOT);
        return switch (metric) {
            case CALLS_PLACED, CALLS_ENDED -> name;
            case FAULTS -> "engine_faults";
            case RETRANSMISSIONS,
                    RESPONSES_MATCHED,
                    RESPONSES_LATE,
                    ENDED_EVICTED,
                    RESPONSES_UNMATCHED,
                    ANSWERS_RELEASED,
                    FINALS_REPEATED,
                    BYES_UNANSWERED,
                    RELEASES_OVERFLOWED,
                    CHALLENGES,
                    FAILOVERS,
                    SIGNATURES_RENEWED,
                    SIGNATURES_FAILED,
                    IDENTITIES_REFUSED,
                    REDIRECTS_FOLLOWED,
                    CONTACTS_IGNORED,
                    STRAGGLERS_CANCELLED,
                    STRAGGLERS_FORGOTTEN,
                    RELIABLE_REPEATED,
                    PRACKS_UNANSWERED,
                    PROBES_SENT,
                    REGISTERS_SENT,
                    REGISTERS_FAILED,
                    OVERLOAD_TAKEN,
                    OVERLOAD_OUTDATED,
                    OVERLOAD_UNUSABLE,
                    REQUESTS_RECEIVED,
                    STRANGERS_DROPPED,
                    MALFORMED_DROPPED,
                    KEEP_ALIVES,
                    OVERSIZED_SENT,
                    INVITES_UNDELIVERED,
                    ICMP_UNMATCHED,
                    HANDED_OVER,
                    HANDOVERS_DROPPED,
                    SEND_ERRORS -> "sip_" + name;
        };
    }

    private static String help(Metric metric) {
        return switch (metric) {
            case CALLS_PLACED -> "Calls whose first INVITE was sent.";
            case CALLS_ENDED -> "Calls that ended.";
            case RETRANSMISSIONS -> "Requests sent again because nothing came back.";
            case RESPONSES_MATCHED -> "Responses that belong to a live call.";
            case RESPONSES_LATE -> "Responses to a call that ended a short while ago.";
            case ENDED_EVICTED -> "Ended calls forgotten before their time.";
            case RESPONSES_UNMATCHED -> "Responses that belong to no call.";
            case ANSWERS_RELEASED -> "Answers that were released with ACK and BYE.";
            case FINALS_REPEATED -> "Final responses that came again.";
            case BYES_UNANSWERED -> "BYEs that were never answered.";
            case RELEASES_OVERFLOWED -> "Answers released without retransmission.";
            case CHALLENGES -> "Calls that were challenged for credentials.";
            case FAILOVERS -> "INVITEs sent to another host of their trunk.";
            case SIGNATURES_RENEWED -> "INVITEs held back until their call was signed again.";
            case SIGNATURES_FAILED -> "Signatures that could not be made.";
            case IDENTITIES_REFUSED -> "Calls refused for their signed identity, or for the lack of one.";
            case REDIRECTS_FOLLOWED -> "INVITEs sent to where a 3xx said.";
            case CONTACTS_IGNORED -> "Contacts of 3xx responses that were not followed.";
            case STRAGGLERS_CANCELLED -> "INVITEs left behind at a silent host that were cancelled after all.";
            case STRAGGLERS_FORGOTTEN -> "INVITEs left behind at a silent host that nobody could watch.";
            case RELIABLE_REPEATED -> "Reliable provisional responses that came again or out of order.";
            case PRACKS_UNANSWERED -> "PRACKs that were never answered.";
            case PROBES_SENT -> "OPTIONS sent to hosts in trouble.";
            case REGISTERS_SENT -> "REGISTERs sent.";
            case REGISTERS_FAILED -> "Registrations that were refused, or that no host took.";
            case OVERLOAD_TAKEN -> "Responses that told a host's load, and were taken at their word.";
            case OVERLOAD_OUTDATED -> "Responses that told a load after newer ones.";
            case OVERLOAD_UNUSABLE -> "Responses that told a load in a way that cannot be used.";
            case REQUESTS_RECEIVED -> "Requests from a trunk.";
            case STRANGERS_DROPPED -> "Datagrams from addresses that are no trunk's.";
            case MALFORMED_DROPPED -> "Datagrams from a trunk that are not well-formed SIP.";
            case KEEP_ALIVES -> "Keep-alives.";
            case OVERSIZED_SENT -> "INVITEs longer than 1300 bytes.";
            case INVITES_UNDELIVERED -> "INVITEs of which the network said that nobody is there.";
            case ICMP_UNMATCHED -> "ICMP errors that concern no INVITE under way.";
            case HANDED_OVER -> "Messages that one user agent of a shared port handed to another.";
            case HANDOVERS_DROPPED -> "Messages for another user agent of a shared port that found no room.";
            case SEND_ERRORS -> "Datagrams that the system refused to send.";
            case FAULTS -> "Faults of the engine's own.";
        };
    }

    private static long sum(EngineSnapshot snapshot, ToLongFunction<AgentSnapshot> part) {
        return snapshot.agents().stream().mapToLong(part).sum();
    }

    private static MetricSnapshot counter(String name, String help, long value) {
        return CounterSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    private static MetricSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().value((double) value).build())
                .build();
    }

    /// Of each trunk that registers, by user agent: whether it is bound.
    private static MetricSnapshot registered(List<RegistrationStatus> all) {
        var gauge = GaugeSnapshot.builder()
                .name(PREFIX + "trunk_registered")
                .help("Whether a user agent is registered with a trunk's carrier.");
        for (var one : all) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("trunk", one.trunk(), "agent", Integer.toString(one.agent())))
                    .value(one.state() == State.REGISTERED ? 1 : 0)
                    .build());
        }
        return gauge.build();
    }

    private static MetricSnapshot histogram(String name, String help, Histogram nanos, double[] bounds) {
        var counts = new ArrayList<Long>();
        var uppers = new ArrayList<Double>();
        long below = 0;
        for (double bound : bounds) {
            long atMost = countUpTo(nanos, bound);
            uppers.add(bound);
            counts.add(atMost - below);
            below = atMost;
        }
        uppers.add(Double.POSITIVE_INFINITY);
        counts.add(nanos.getTotalCount() - below);
        return HistogramSnapshot.builder()
                .name(PREFIX + name + "_seconds")
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(uppers, counts))
                        .sum(nanos.getTotalCount() == 0 ? 0 : nanos.getMean() * nanos.getTotalCount() / 1e9)
                        .build())
                .build();
    }

    private static long countUpTo(Histogram nanos, double seconds) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getCountBetweenValues(0, (long) (seconds * 1e9));
    }
}
