package io.flashcall.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.E164;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.capture.CaptureCounters;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.AgentSnapshot;
import io.flashcall.engine.telemetry.EngineSnapshot.Latencies;
import io.flashcall.engine.telemetry.EngineSnapshot.Socket;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.server.metrics.Metrics.WebhookTally;
import io.flashcall.verification.AppId;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.EventType;
import io.flashcall.verification.Intent;
import io.flashcall.verification.Opening;
import io.flashcall.verification.Phase;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Price;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionEvent;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Status;
import io.flashcall.verification.Terms;
import io.flashcall.verification.Verdict;
import io.flashcall.verification.number.Strength;
import io.flashcall.verification.pricing.BudgetPeriod;
import io.flashcall.verification.pricing.BudgetWatch;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.pricing.Usage;
import io.flashcall.verification.store.Sample;
import io.flashcall.verification.store.TimelineEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MetricsTest {

    private static final Instant START = Instant.parse("2026-05-02T10:00:00Z");

    private final Metrics metrics = new Metrics();

    @Test
    void a_verification_is_counted_by_app_country_and_result() {
        metrics.onChange(
                session("shop", new Phase.Launching(1, 0, START)), List.of(entry(EventType.VERIFICATION_STARTED, 0)));
        metrics.onChange(
                session("shop", new Phase.Ended(Status.VERIFIED, "", START)),
                List.of(entry(EventType.CHECK_WRONG, 0), entry(EventType.VERIFICATION_VERIFIED, 0)));

        assertThat(metrics.text())
                .contains("""
                        # TYPE flashcall_verifications_total counter
                        flashcall_verifications_total{app="shop",country="GB",result="verified"} 1.0
                        """)
                .contains("flashcall_verifications_by_channel_total{channel=\"sms\",result=\"verified\"} 1.0")
                .contains("flashcall_verifications_started_total{app=\"shop\",country=\"GB\"} 1.0")
                .contains("flashcall_checks_wrong_total{app=\"shop\"} 1.0")
                .contains(
                        "flashcall_verification_duration_seconds_bucket{app=\"shop\",result=\"verified\",le=\"10.0\"} 1")
                .contains(
                        "flashcall_verification_duration_seconds_bucket{app=\"shop\",result=\"verified\",le=\"5.0\"} 0")
                .contains("flashcall_verification_duration_seconds_sum{app=\"shop\",result=\"verified\"} 7.0");
    }

    @Test
    void a_call_is_counted_once_by_trunk_and_outcome_and_a_message_by_channel() {
        var session = session("shop", new Phase.Spent());
        metrics.onChange(session, List.of(entry(EventType.CALL_RINGING, 1)));
        metrics.onChange(session, List.of(entry(EventType.CALL_DELIVERED, 1), entry(EventType.CHANNEL_FALLBACK, 0)));
        metrics.onChange(session, List.of(entry(EventType.MESSAGE_REFUSED, 2)));

        assertThat(metrics.text())
                .contains("flashcall_calls_total{outcome=\"rang\",trunk=\"carrier-a\"} 1.0")
                .contains("flashcall_messages_total{channel=\"sms\",outcome=\"http_500\"} 1.0")
                .contains("flashcall_channel_fallbacks_total{app=\"shop\"} 1.0");
    }

    @Test
    void what_attempts_cost_is_counted_when_they_end() {
        var start = Sample.session().at(START).opening();
        var started = Session.start(start).session();
        var called = started.on(new SessionEvent.Prepared(Sample.flashCall(started, Sample.CALLER, START)), START)
                .session();
        var answered = new AttemptResult(Verdict.DELIVERED, "answered", "", true, new Usage(1, Duration.ofSeconds(61)));
        var ended = called.on(new SessionEvent.AttemptEnded(1, answered), START).session();

        metrics.onChange(called, List.of(entry(EventType.ATTEMPT_STARTED, 1)));
        assertThat(metrics.text()).doesNotContain("flashcall_cost_total{");
        metrics.onChange(ended, List.of(entry(EventType.CALL_DELIVERED, 1)));
        metrics.onChange(ended, List.of(entry(EventType.CALL_DELIVERED, 1)));

        // Twice two minutes at 0.004.
        assertThat(metrics.text())
                .contains("flashcall_cost_total{app=\"shop\",channel=\"flash_call\",currency=\"EUR\"} 0.016");
    }

    @Test
    void what_is_captured_is_counted_by_where_it_goes() {
        metrics.watchCapture(() -> Map.of(
                "hep", new CaptureCounters(10, 9, 3, 40, 1, 5), "pcap", new CaptureCounters(50, 50, 0, 0, 0, 0)));

        assertThat(metrics.text())
                .contains(
                        "flashcall_capture_captured_total{to=\"hep\"} 10.0",
                        "flashcall_capture_captured_total{to=\"pcap\"} 50.0",
                        "flashcall_capture_delivered_total{to=\"hep\"} 9.0",
                        "flashcall_capture_dropped_total{to=\"hep\"} 3.0",
                        "flashcall_capture_left_out_total{to=\"hep\"} 40.0",
                        "flashcall_capture_sampled_out_total{to=\"hep\"} 5.0",
                        "flashcall_capture_failed_total{to=\"hep\"} 1.0");
    }

    @Test
    void budgets_are_told_as_they_were_seen_last() {
        var use = new Budgets.Use(
                BudgetPeriod.MONTH, LocalDate.of(2026, 5, 1), Price.parse("8 EUR"), new BigDecimal("6"), 80);
        metrics.watchBudgets(() -> List.of(new BudgetWatch.Standing(Sample.SHOP, List.of(use))));

        assertThat(metrics.text()).contains("flashcall_budget_used_ratio{app=\"shop\",period=\"month\"} 0.75");
    }

    @Test
    void requests_have_a_distribution_by_method_route_and_status() {
        metrics.request("POST", "/v1/verifications", 201, Duration.ofMillis(7));
        metrics.request("BREW", "/v1/verifications", 405, Duration.ofMillis(1));

        assertThat(metrics.text())
                .contains("flashcall_http_request_duration_seconds_bucket"
                        + "{method=\"POST\",route=\"/v1/verifications\",status=\"201\",le=\"0.005\"} 0")
                .contains("flashcall_http_request_duration_seconds_bucket"
                        + "{method=\"POST\",route=\"/v1/verifications\",status=\"201\",le=\"0.01\"} 1")
                .contains("flashcall_http_request_duration_seconds_count"
                        + "{method=\"other\",route=\"/v1/verifications\",status=\"405\"} 1");
    }

    @Test
    void a_label_takes_so_many_values_and_no_more() {
        for (int i = 0; i < 1000; i++) {
            metrics.limited("limit-" + i);
        }

        assertThat(metrics.text().lines().filter(line -> line.startsWith("flashcall_limits_total{")))
                .hasSize(51)
                .contains(
                        "flashcall_limits_total{limit=\"limit-0\"} 1.0",
                        "flashcall_limits_total{limit=\"other\"} 950.0");
    }

    @Test
    void the_engine_is_read_when_somebody_asks() {
        var counters = new EnumMap<Metric, Long>(Metric.class);
        counters.put(Metric.CALLS_PLACED, 10L);
        counters.put(Metric.CALLS_ENDED, 7L);
        counters.put(Metric.RETRANSMISSIONS, 3L);
        var delays = new Histogram(3);
        delays.recordValue(80_000_000);
        delays.recordValue(700_000_000);
        metrics.watchEngine(() -> new EngineSnapshot(List.of(new AgentSnapshot(
                counters, new Socket(5, -1, 0, 0), 4, new Latencies(delays, new Histogram(3), new Histogram(3))))));

        assertThat(metrics.text())
                .contains("flashcall_calls_placed_total 10.0")
                .contains("flashcall_calls_active 3.0")
                .contains("flashcall_sip_retransmissions_total 3.0")
                .contains("flashcall_sip_datagrams_received_total 5.0")
                .contains("flashcall_call_pdd_seconds_bucket{le=\"0.05\"} 0")
                .contains("flashcall_call_pdd_seconds_bucket{le=\"0.1\"} 1")
                .contains("flashcall_call_pdd_seconds_bucket{le=\"1.0\"} 2")
                .contains("flashcall_call_pdd_seconds_count 2")
                .contains("flashcall_call_ring_seconds_count 0")
                .contains("flashcall_engine_faults_total 0.0");
    }

    @Test
    void each_registration_has_a_gauge() {
        metrics.watchEngine(() -> new EngineSnapshot(
                List.of(),
                List.of(
                        new RegistrationStatus("a", 0, State.REGISTERED, "at"),
                        new RegistrationStatus("a", 1, State.REJECTED, "403"))));

        assertThat(metrics.text())
                .contains("flashcall_trunk_registered{agent=\"0\",trunk=\"a\"} 1.0")
                .contains("flashcall_trunk_registered{agent=\"1\",trunk=\"a\"} 0.0");
    }

    @Test
    void pools_outbox_and_webhooks_are_read_when_somebody_asks() {
        metrics.watchPools(() -> List.of(new PoolGauge("uk", new Strength(1024), 3)));
        metrics.watchOutbox(() -> Optional.of(START), () -> START.plusMillis(1500));
        metrics.watchWebhooks(new WebhookTally(() -> 5, () -> 2, () -> 1, () -> 3));

        assertThat(metrics.text())
                .contains("flashcall_callerid_pool_eligible{pool=\"uk\"} 1024.0")
                .contains("flashcall_callerid_pool_entropy_bits{pool=\"uk\"} 10.0")
                .contains("flashcall_callerid_pool_quarantined{pool=\"uk\"} 3.0")
                .contains("flashcall_outbox_lag_seconds 1.5")
                .contains("flashcall_webhook_deliveries_total{result=\"delivered\"} 5.0")
                .contains("flashcall_webhook_deliveries_total{result=\"failed\"} 2.0")
                .contains("flashcall_webhook_deliveries_total{result=\"dead\"} 1.0")
                .contains("flashcall_webhook_requests_active 3.0");
    }

    @Test
    void readiness_and_room_are_asked_for_when_somebody_asks() {
        var ready = new AtomicBoolean(true);
        metrics.watchReadiness(ready::get);
        metrics.watchDisk(() -> ready.get() ? OptionalLong.of(5) : OptionalLong.empty());

        assertThat(metrics.text()).contains("flashcall_ready 1.0", "flashcall_disk_free_bytes 5.0");
        ready.set(false);
        assertThat(metrics.text()).contains("flashcall_ready 0.0").doesNotContain("flashcall_disk_free_bytes 5");
    }

    @Test
    void a_store_that_cannot_be_read_does_not_take_the_rest_with_it() {
        metrics.watchPools(() -> {
            throw new IllegalStateException("no store");
        });
        metrics.watchOutbox(
                () -> {
                    throw new IllegalStateException("no store");
                },
                InstantSource.fixed(START));
        metrics.watchReadiness(() -> false);

        assertThat(metrics.text()).contains("flashcall_ready 0.0").doesNotContain("flashcall_outbox_lag_seconds 0");
    }

    @Test
    void the_process_has_its_usual_basics() {
        assertThat(metrics.text())
                .contains("jvm_memory_used_bytes{area=\"heap\"}")
                .contains("jvm_threads_current ")
                .contains("process_cpu_seconds_total ")
                .contains("process_start_time_seconds ");
    }

    @Test
    void every_engine_counter_has_a_name_of_its_own() {
        metrics.watchEngine(() -> new EngineSnapshot(List.of(new AgentSnapshot(
                Map.of(),
                new Socket(0, 0, 0, 0),
                0,
                new Latencies(new Histogram(3), new Histogram(3), new Histogram(3))))));

        var names = metrics.text()
                .lines()
                .filter(line -> line.startsWith("# TYPE"))
                .map(line -> line.split(" ", 4)[2])
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(Metric.values().length);
    }

    @Test
    void no_number_is_ever_a_label() {
        var session = session("shop", new Phase.Ended(Status.FAILED, "undeliverable", START));
        for (var type : EventType.values()) {
            metrics.onChange(session, List.of(entry(type, 1)));
        }

        // Without the values: one of them may hold any digits by chance.
        assertThat(metrics.text().replaceAll("(?m) \\S+$", ""))
                .contains("{app=\"shop\"}")
                .doesNotContain("7946", session.id().value());
    }

    private static TimelineEntry entry(EventType type, int attempt) {
        return new TimelineEntry(type, 1, START.plusSeconds(7), attempt, "{}");
    }

    private static Session session(String app, Phase phase) {
        var intent = new Intent(
                E164.parse("+442079460999"),
                "GB",
                "signup",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var sms = new ChannelName("sms");
        var terms = new Terms(
                4,
                Duration.ofSeconds(120),
                3,
                3,
                List.of(PlannedChannel.FLASH_CALL, new PlannedChannel(sms, Duration.ofSeconds(45))),
                Duration.ofMillis(1500));
        var opening = new Opening(
                SessionId.next(START, new Random(1)), new AppId(app), intent, terms, START, Opening.Claims.NONE);
        var call = attempt(
                new Attempt.Plan(
                        1,
                        1,
                        0,
                        ChannelName.FLASH_CALL,
                        Optional.of(new Attempt.Way("carrier-a", "uk", "prefix +44")),
                        Optional.empty()),
                new AttemptResult(Verdict.DELIVERED, "rang", "487 Request Terminated", true));
        var message = attempt(
                new Attempt.Plan(2, 1, 1, sms, Optional.empty(), Optional.empty()),
                new AttemptResult(Verdict.NEXT_CHANNEL, "http_500", "", false));
        return new Session(opening, List.of(call, message), new Session.Tally(0, 1, 1), phase);
    }

    private static Attempt attempt(Attempt.Plan plan, AttemptResult result) {
        return new Attempt(
                plan,
                new Attempt.Code("mac", Optional.of("sealed"), "+442079"),
                new Attempt.Times(START, Optional.of(START), Optional.of(START)),
                Optional.of(result),
                Optional.empty());
    }
}
