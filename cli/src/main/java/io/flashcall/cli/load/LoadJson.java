package io.flashcall.cli.load;

import io.flashcall.engine.telemetry.Metric;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells a load as one JSON object, whose fields are a contract with scripts.
final class LoadJson {

    private static final double THOUSAND = 1e3;

    private LoadJson() {}

    static String tell(LoadReport report) {
        var latencies = report.wire().latencies();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("calls", report.ends().calls());
        json.set("outcomes", outcomes(report.ends()));
        json.set("refused", refused(report.ends()));
        json.put("retransmissions", report.wire().count(Metric.RETRANSMISSIONS));
        json.put("unmatched", report.wire().count(Metric.RESPONSES_UNMATCHED));
        json.put("rate_achieved", rounded(report.rate()));
        json.put("cpu_us_per_call", rounded(report.cpu().warm()));
        json.put("cpu_us_per_call_total", rounded(report.cpu().total()));
        json.set("setup_ms", Percentiles.json(latencies.postDialDelay()));
        json.set("cancel_late_ms", Percentiles.json(latencies.hangUpLateness()));
        json.set("causes", causes(report.ends()));
        return json.toString();
    }

    private static ObjectNode outcomes(LoadReport.Ends ends) {
        var json = JsonNodeFactory.instance.objectNode();
        ends.outcomes().byStatus().forEach((kind, statuses) -> {
            var counts = json.putObject(kind.label());
            statuses.forEach((status, count) -> counts.put(status == 0 ? "none" : status.toString(), count));
        });
        return json;
    }

    private static ObjectNode causes(LoadReport.Ends ends) {
        var json = JsonNodeFactory.instance.objectNode();
        ends.outcomes().causes().forEach(json::put);
        return json;
    }

    private static ObjectNode refused(LoadReport.Ends ends) {
        var json = JsonNodeFactory.instance.objectNode();
        ends.refused().forEach((reason, count) -> json.put(reason.name(), count));
        return json;
    }

    private static @Nullable Double rounded(Optional<Double> value) {
        return value.map(LoadJson::rounded).orElse(null);
    }

    private static Double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
