package io.flashcall.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallEvent.Stamp;
import io.flashcall.engine.CallId;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.SipStatus;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.AgentSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.Latencies;
import io.flashcall.engine.telemetry.EngineSnapshot.Socket;
import io.flashcall.engine.telemetry.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadReportTest {

    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void the_object_has_exactly_the_fields_of_the_contract() {
        var tally = new LoadTally();
        end(tally, new CallOutcome.Rang(new SipStatus(487, -1, "")), 3);
        end(tally, new CallOutcome.Rang(SipStatus.NONE), 1);
        end(tally, new CallOutcome.Answered(true, new SipStatus(200, -1, "")), 2);
        end(tally, new CallOutcome.Declined(DeclineCause.BUSY, new SipStatus(486, -1, "")), 1);
        end(tally, new CallOutcome.Failed(FailureCause.UNREACHABLE, SipStatus.NONE, Optional.empty()), 5);
        var report = report(tally, Map.of(Admission.Reason.BUSY, 4L));
        assertThat(LoadJson.tell(report)).isEqualTo("""
                {"calls":12,"outcomes":{"rang":{"none":1,"487":3},"answered":{"200":2},
                "declined":{"486":1},"failed":{"none":5}},"refused":{"BUSY":4},
                "retransmissions":7,"unmatched":1,"rate_achieved":499.5,"cpu_us_per_call":33.25,
                "cpu_us_per_call_total":null,
                "setup_ms":{"p50":50.004,"p99":50.004,"p999":50.004,"max":50.004},
                "cancel_late_ms":{"p50":null,"p99":null,"p999":null,"max":null},
                "causes":{"BUSY":1,"UNREACHABLE":5}}""".replace("\n", ""));
        assertThat(report.ends().clean()).isFalse();
    }

    @Test
    void a_person_gets_a_table() {
        var tally = new LoadTally();
        end(tally, new CallOutcome.Rang(new SipStatus(487, -1, "")), 3);
        assertThat(LoadTable.tell(report(tally, Map.of())))
                .contains("3 calls, 499.5 a second", "rang", "487", "to ringing", "33.3 µs", "unknown")
                .doesNotContain("cause");
        end(tally, new CallOutcome.Failed(FailureCause.NO_RESPONSE, SipStatus.NONE, Optional.empty()), 5);
        assertThat(LoadTable.tell(report(tally, Map.of()))).containsPattern("cause +calls\\R +NO_RESPONSE +5\\R");
    }

    @Test
    void only_a_load_whose_calls_all_ended_and_were_taken_is_clean() {
        assertThat(ends(5, 5, 0, Map.of()).clean()).isTrue();
        assertThat(ends(5, 4, 0, Map.of()).clean()).isFalse();
        assertThat(ends(5, 5, 1, Map.of()).clean()).isFalse();
        assertThat(ends(5, 5, 0, Map.of(Admission.Reason.PACED, 1L)).clean()).isFalse();
    }

    @Test
    void each_row_tells_of_its_own_second() throws IOException {
        var file = folder.resolve("rows.csv");
        try (var csv = new LoadCsv(file)) {
            csv.onProgress(progress(1, 500, 400, 10));
            csv.onProgress(progress(2, 1_000, 900, 10, 90));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "time_s,rate,in_flight,rang,answered,declined,failed,abandoned,refused,setup_ms_p50,setup_ms_p99,"
                                + "setup_ms_p999,setup_ms_max,cancel_late_ms_p50,cancel_late_ms_p99,cancel_late_ms_p999,"
                                + "cancel_late_ms_max",
                        "1.000,500.0,100,400,0,0,0,0,0,10.002,10.002,10.002,10.002,,,,",
                        "2.000,500.0,100,500,0,0,0,0,0,90.046,90.046,90.046,90.046,,,,");
    }

    private static LoadProgress progress(int seconds, long placed, long rang, long... setupMillis) {
        var ended = new EnumMap<LoadTally.Kind, Long>(LoadTally.Kind.class);
        for (var kind : LoadTally.Kind.values()) {
            ended.put(kind, kind == LoadTally.Kind.RANG ? rang : 0);
        }
        return new LoadProgress(Duration.ofSeconds(seconds), placed, 0, ended, latencies(setupMillis));
    }

    private static LoadReport report(LoadTally tally, Map<Admission.Reason, Long> refused) {
        var agent = new AgentSnapshot(
                Map.of(Metric.RETRANSMISSIONS, 7L, Metric.RESPONSES_UNMATCHED, 1L),
                new Socket(0, 0, 0, 0),
                0,
                latencies(50));
        return new LoadReport(
                new LoadReport.Ends(tally.ended(), tally.ended(), 0, 0, tally.outcomes(), refused),
                499.5,
                new CpuMeter.Cost(Optional.of(33.25), Optional.empty()),
                new EngineSnapshot(List.of(agent)));
    }

    private static LoadReport.Ends ends(long calls, long ended, long left, Map<Admission.Reason, Long> refused) {
        return new LoadReport.Ends(calls, ended, left, 0, LoadReport.Outcomes.NONE, refused);
    }

    private static Latencies latencies(long... setupMillis) {
        var setup = new Histogram(3);
        for (long millis : setupMillis) {
            setup.recordValue(millis * MILLI);
        }
        return new Latencies(setup, new Histogram(3), new Histogram(3));
    }

    private static void end(LoadTally tally, CallOutcome outcome, int times) {
        for (int i = 0; i < times; i++) {
            tally.onEvent(new CallEvent.Ended(new Stamp(new CallId(i), "r", 0, Instant.EPOCH, 0), outcome));
        }
    }
}
