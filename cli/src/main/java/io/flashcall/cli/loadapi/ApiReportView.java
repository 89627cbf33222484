package io.flashcall.cli.loadapi;

import io.flashcall.cli.load.Percentiles;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells a load: one JSON object, whose fields are a contract with scripts, or a table.
final class ApiReportView {

    private static final double TEN = 10;

    private ApiReportView() {}

    static String json(ApiReport report) {
        var tally = report.tally();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("started", tally.started());
        json.put("verified", tally.verified());
        json.put("webhooks", tally.webhooks());
        json.put("errors", report.errorCount());
        json.set("error_kinds", counts(report.errors()));
        json.set("ended", counts(report.ends()));
        json.put("retries", tally.retries());
        json.put("webhooks_repeated", tally.repeatedWebhooks());
        json.put("rate_achieved", Math.round(report.rate() * TEN) / TEN);
        json.set("start_ms", Percentiles.json(tally.starts()));
        json.set("check_ms", Percentiles.json(tally.checks()));
        json.set("verify_ms", Percentiles.json(tally.verifies()));
        json.set("webhook_ms", Percentiles.json(tally.hooks()));
        json.set("cpu_us_per_verification", counts(report.cpuMicros()));
        return json.toString();
    }

    private static ObjectNode counts(Map<String, Long> counts) {
        var json = JsonNodeFactory.instance.objectNode();
        counts.forEach(json::put);
        return json;
    }

    static String table(ApiReport report) {
        var tally = report.tally();
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d of %d started (%.1f a second), %d verified, %d webhooks, %d errors%n",
                tally.started(),
                report.planned(),
                report.rate(),
                tally.verified(),
                tally.webhooks(),
                report.errorCount()));
        report.errors().forEach((kind, count) -> text.append("  %8d  %s%n".formatted(count, kind)));
        text.append("%n%-24s%10s%10s%10s%10s%n".formatted("milliseconds", "p50", "p99", "p99.9", "max"));
        row(text, "start answered", tally.starts());
        row(text, "check answered", tally.checks());
        row(text, "from start to verified", tally.verifies());
        row(text, "from start to webhook", tally.hooks());
        report.cpuMicros()
                .forEach(
                        (process, micros) -> text.append("%nCPU a verification, %s: %d us".formatted(process, micros)));
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Histogram nanos) {
        var all = Percentiles.of(nanos);
        if (!all.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%-24s%10.1f%10.1f%10.1f%10.1f%n", name, all.p50(), all.p99(), all.p999(), all.max()));
        }
    }
}
