package io.flashcall.server.metrics;

import io.flashcall.engine.capture.CaptureCounters;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.AttemptResult;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionWatcher;
import io.flashcall.verification.pricing.BudgetWatch;
import io.flashcall.verification.store.TimelineEntry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The counters, gauges and distributions of one service. Names begin with `flashcall_`; those of the JVM are the
/// usual ones.
public final class Metrics implements SessionWatcher {

    /// The media type of [#text].
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final double[] REQUEST_BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final double[] SESSION_BOUNDS = {2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600, 3600};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final LabelCap apps = new LabelCap(500);
    private final LabelCap routes = new LabelCap(200);
    private final LabelCap outcomes = new LabelCap(100);
    private final LabelCap currencies = new LabelCap(20);
    private final LabelCap pools = new LabelCap(200);
    private final LabelCap limits = new LabelCap(50);

    private final Counter started = counter("verifications_started", "Verifications started.", "app", "country");
    private final Counter ended =
            counter("verifications", "Verifications that ended, by how they did.", "app", "country", "result");
    private final Counter channels = counter(
            "verifications_by_channel",
            "Verifications that ended, by the channel that was tried last.",
            "channel",
            "result");
    private final Histogram duration =
            histogram("verification_duration_seconds", "From a start to its end.", SESSION_BOUNDS, "app", "result");
    private final Counter calls =
            counter("calls", "Flash calls that ended, those that no trunk took included.", "trunk", "outcome");
    private final Counter messages =
            counter("messages", "Messages handed to a provider, or refused by it.", "channel", "outcome");
    private final Counter receipts =
            counter("message_receipts", "What providers reported of messages later.", "channel", "state");
    private final Counter costs =
            counter("cost", "What attempts cost that ended, in units of the currency.", "app", "channel", "currency");
    private final Counter rejectedReceipts = counter(
            "message_receipts_rejected",
            "Receipts that could not be used: not_authentic, unreadable, empty, unknown_message or too_many.",
            "channel",
            "reason");
    private final Counter quarantined =
            counter("callerid_quarantines", "Caller ids that were quarantined, since networks block them.", "pool");
    private final Counter fallbacks = counter("channel_fallbacks", "Moves to the next channel.", "app");
    private final Counter wrongChecks = counter("checks_wrong", "Wrong codes entered.", "app");
    private final Counter limited = counter("limits", "Requests refused because of a limit.", "limit");
    private final Histogram requests = histogram(
            "http_request_duration_seconds",
            "From a request's head to its answer.",
            REQUEST_BOUNDS,
            "method",
            "route",
            "status");

    public Metrics() {
        registry.register(new JvmCollector());
    }

    /// A session changed.
    @Override
    public void onChange(Session session, List<TimelineEntry> events) {
        for (var event : events) {
            count(session, event);
        }
    }

    /// A request was answered.
    ///
    /// @param route its template, such as `/v1/verifications/{id}`; never the path itself
    public void request(String method, String route, int status, Duration took) {
        var known = METHODS.contains(method) ? method : LabelCap.OTHER;
        requests.labelValues(known, routes.of(route), String.valueOf(status)).observe(seconds(took));
    }

    /// A request was refused with 429.
    ///
    /// @param limit its name
    public void limited(String limit) {
        limited.labelValues(limits.of(limit)).inc();
    }

    /// A caller id is in quarantine from now on.
    public void quarantined(String pool) {
        quarantined.labelValues(pools.of(pool)).inc();
    }

    /// A receipt could not be used.
    ///
    /// @param reason `not_authentic`, `unreadable`, `empty`, `unknown_message` or `too_many`
    public void receiptRejected(String channel, String reason) {
        rejectedReceipts.labelValues(channel, reason).inc();
    }

    /// From now on the text tells what the engine counts. To be called once.
    public void watchEngine(Supplier<EngineSnapshot> snapshots) {
        registry.register(new EngineCollector(snapshots));
    }

    /// From now on the text tells what became of captured messages, by where they go. To be called once.
    public void watchCapture(Supplier<Map<String, CaptureCounters>> captures) {
        registry.register(new CaptureCollector(captures));
    }

    /// From now on the text tells how strong the pools are. To be called once.
    ///
    /// @param pools asked once for each text; what fails is left out of it
    public void watchPools(Supplier<List<PoolGauge>> pools) {
        registry.register(new PoolCollector(() -> orElse(List.of(), pools)));
    }

    /// From now on the text tells whether the service can do its work. To be called once.
    ///
    /// @param ready asked once for each text
    public void watchReadiness(BooleanSupplier ready) {
        GaugeWithCallback.builder()
                .name("flashcall_ready")
                .help("1 when the service can do its work, as /readyz says; else 0.")
                .callback(gauge -> gauge.call(ready.getAsBoolean() ? 1 : 0))
                .register(registry);
    }

    /// From now on the text tells how much room there is for what the service writes. To be called once.
    ///
    /// @param free bytes; none where it cannot be told
    public void watchDisk(Supplier<OptionalLong> free) {
        GaugeWithCallback.builder()
                .name("flashcall_disk_free_bytes")
                .help("Room on the disk of the embedded store.")
                .callback(gauge -> free.get().ifPresent(bytes -> gauge.call((double) bytes)))
                .register(registry);
    }

    /// From now on the text tells how late the oldest undelivered webhook event is. To be called once.
    ///
    /// @param oldest when it was written; what fails is left out of the text
    public void watchOutbox(Supplier<Optional<Instant>> oldest, InstantSource clock) {
        GaugeWithCallback.builder()
                .name("flashcall_outbox_lag_seconds")
                .help("Age of the oldest event that is still to be delivered to a webhook endpoint.")
                .callback(gauge -> orElse(OptionalDouble.empty(), () -> OptionalDouble.of(lag(oldest.get(), clock)))
                        .ifPresent(gauge::call))
                .register(registry);
    }

    private static double lag(Optional<Instant> oldest, InstantSource clock) {
        return oldest.map(at -> seconds(Duration.between(at, clock.instant()))).orElse(0.0);
    }

    /// A store that cannot be read must not take the rest of the text with it: it is then that somebody
    /// reads it.
    private static <T> T orElse(T nothing, Supplier<T> source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            LOG.debug("left out of the metrics", e);
            return nothing;
        }
    }

    /// From now on the text tells how webhook deliveries went. To be called once.
    public void watchWebhooks(WebhookTally tally) {
        CounterWithCallback.builder()
                .name("flashcall_webhook_deliveries_total")
                .help("Tries to deliver an event: delivered, failed; and events given up: dead.")
                .labelNames("result")
                .callback(counter -> {
                    counter.call((double) tally.delivered().getAsLong(), "delivered");
                    counter.call((double) tally.failed().getAsLong(), "failed");
                    counter.call((double) tally.dead().getAsLong(), "dead");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("flashcall_webhook_requests_active")
                .help("Webhook requests under way.")
                .callback(gauge -> gauge.call((double) tally.inFlight().getAsLong()))
                .register(registry);
    }

    /// From now on the text tells how a channel that speaks SMPP is doing. To be called once with all of them, if
    /// there are any.
    public void watchSmpp(Supplier<List<SmppGauge>> channels) {
        GaugeWithCallback.builder()
                .name("flashcall_smpp_bound")
                .help("1 when the channel is bound to its SMSC, else 0.")
                .labelNames("channel")
                .callback(gauge -> channels.get().forEach(one -> gauge.call(one.bound() ? 1 : 0, one.channel())))
                .register(registry);
        CounterWithCallback.builder()
                .name("flashcall_smpp_throttled_total")
                .help("Parts of messages that an SMSC had too much to do for, each time.")
                .labelNames("channel")
                .callback(counter ->
                        channels.get().forEach(one -> counter.call((double) one.throttled(), one.channel())))
                .register(registry);
        CounterWithCallback.builder()
                .name("flashcall_smpp_dropped_total")
                .help("What an SMSC delivered that was no receipt, such as messages of users.")
                .labelNames("channel")
                .callback(counter -> channels.get().forEach(one -> counter.call((double) one.dropped(), one.channel())))
                .register(registry);
    }

    /// From now on the text tells how far budgets are used. To be called once.
    ///
    /// @param standings asked once for each text; what fails is left out of it
    public void watchBudgets(Supplier<List<BudgetWatch.Standing>> standings) {
        GaugeWithCallback.builder()
                .name("flashcall_budget_used_ratio")
                .help("What an app's attempts of the day or month (UTC) cost, of its budget: 1 is all of it.")
                .labelNames("app", "period")
                .callback(gauge -> {
                    // Beyond the cap they are left out: a sum of shares would mean nothing.
                    for (var standing : orElse(List.<BudgetWatch.Standing>of(), standings)) {
                        if (!apps.of(standing.app().value()).equals(LabelCap.OTHER)) {
                            standing.uses()
                                    .forEach(use -> gauge.call(
                                            use.ratio(),
                                            standing.app().value(),
                                            use.period().label()));
                        }
                    }
                })
                .register(registry);
    }

    /// Everything, in Prometheus' text format.
    public String text() {
        var bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Where the numbers of webhook deliveries come from.
    ///
    /// @param delivered tries that the receiver took
    /// @param failed    tries that it did not
    /// @param dead      events given up
    /// @param inFlight  requests under way
    public record WebhookTally(LongSupplier delivered, LongSupplier failed, LongSupplier dead, LongSupplier inFlight) {}

    private void count(Session session, TimelineEntry event) {
        var app = apps.of(session.opening().app().value());
        var country = session.opening().intent().country();
        switch (event.type()) {
            case VERIFICATION_STARTED -> started.labelValues(app, country).inc();
            case VERIFICATION_VERIFIED, VERIFICATION_FAILED, VERIFICATION_EXPIRED, VERIFICATION_CANCELED -> {
                var result = session.status().label();
                ended.labelValues(app, country, result).inc();
                channels.labelValues(lastChannel(session), result).inc();
                duration.labelValues(app, result)
                        .observe(seconds(Duration.between(session.opening().at(), event.at())));
            }
            case CALL_DELIVERED, CALL_FAILED, CALL_ENDED, MESSAGE_ACCEPTED, MESSAGE_REFUSED ->
                session.attempt(event.attempt())
                        .ifPresent(attempt -> attempt.result().ifPresent(result -> {
                            ended(attempt, result);
                            cost(app, attempt);
                        }));
            case MESSAGE_DELIVERED, MESSAGE_FAILED, MESSAGE_UNKNOWN ->
                session.attempt(event.attempt()).ifPresent(this::received);
            case CHANNEL_FALLBACK -> fallbacks.labelValues(app).inc();
            case CHECK_WRONG -> wrongChecks.labelValues(app).inc();
            case CALL_RINGING,
                    ATTEMPT_STARTED,
                    CHANNEL_UNAVAILABLE,
                    BUDGET_WARNING,
                    BUDGET_EXHAUSTED,
                    CALLER_ID_QUARANTINED,
                    WEBHOOK_TEST -> {}
        }
    }

    private static String lastChannel(Session session) {
        return session.attempts().isEmpty()
                ? "none"
                : session.attempts().getLast().plan().channel().value();
    }

    private void ended(Attempt attempt, AttemptResult result) {
        var outcome = outcomes.of(result.outcome());
        if (attempt.isFlashCall()) {
            var trunk = attempt.plan().route().map(Attempt.Way::trunk).orElse("none");
            calls.labelValues(trunk, outcome).inc();
        } else {
            messages.labelValues(attempt.plan().channel().value(), outcome).inc();
        }
    }

    private void cost(String app, Attempt attempt) {
        attempt.cost()
                .ifPresent(
                        cost -> costs.labelValues(app, attempt.plan().channel().value(), currencies.of(cost.currency()))
                                .inc(cost.amount().doubleValue()));
    }

    private void received(Attempt message) {
        message.receipt()
                .ifPresent(receipt -> receipts.labelValues(
                                message.plan().channel().value(),
                                receipt.state().label())
                        .inc());
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("flashcall_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name("flashcall_" + name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames(labels)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos() / 1e9);
    }
}
