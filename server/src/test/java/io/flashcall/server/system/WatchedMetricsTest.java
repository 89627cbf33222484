package io.flashcall.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome.DeclineCause;
import io.flashcall.engine.CallOutcome.FailureCause;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.telemetry.EngineSnapshot;
import io.flashcall.server.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What the alerts and the dashboard read is what a service writes that has verified somebody, been guessed
/// at, fallen back and refused.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchedMetricsTest {

    private static final Path DOCKER = Path.of("../docker");

    /// A channel whose SMSC nobody is: its link tells of itself all the same.
    private static final String NO_SMSC =
            "text: {type: smpp, host: 127.0.0.1, port: 9, system_id: us, password: secret, source: Shop}";

    /// Prometheus' own.
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job", "alertname", "alertstate");

    /// What `/metrics` has, with the labels of each.
    private static final Map<String, Set<String>> WRITTEN = new TreeMap<>();

    @BeforeAll
    static void let_everything_happen_once(@TempDir Path folder) throws IOException {
        try (var stage = new Stage(folder, "by-number", "", "budget: {day: 100 EUR}, ", NO_SMSC)) {
            verified(stage, "+447400123000");
            var fallen = stage.started("+447400123006").path("id").asString();
            await().atMost(Duration.ofSeconds(10)).until(() -> !stage.messages.isEmpty());
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> stage.session(fallen).at("/attempts/1/outcome").asString(""), "accepted"::equals);
            stage.post(Stage.RECEIPTS, "[{\"ref\":\"" + fallen + "/2\",\"state\":\"arrived\"}]", 200);
            stage.post("/v1/receipts/sms/" + "x".repeat(30), "[]", 401);
            for (int i = 0; i < 3; i++) {
                var id = stage.started("+447400123001").path("id").asString();
                stage.post("/v1/verifications/" + id + "/cancel", "", 200);
            }
            stage.post("/v1/verifications", "{\"to\":\"+447400123001\"}", 429);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(stage.text("/metrics"))
                            .contains("flashcall_verifications_total{", "flashcall_messages_total{"));
            read(stage.text("/metrics"));
        }
        var rare = new Metrics();
        rare.quarantined("uk");
        rare.watchEngine(() -> new EngineSnapshot(
                List.of(), List.of(new RegistrationStatus("a", 0, RegistrationStatus.State.REGISTERED, ""))));
        read(rare.text());
    }

    private static void verified(Stage stage, String phone) {
        var id = stage.started(phone).path("id").asString();
        await().atMost(Duration.ofSeconds(5)).until(() -> !stage.rings(phone).isEmpty());
        var callerId = stage.rings(phone).getFirst();
        var code = callerId.substring(callerId.length() - 4);
        stage.check(id, code.equals("0000") ? "1111" : "0000");
        assertThat(stage.check(id, code).path("status").asString()).isEqualTo("verified");
    }

    private static void read(String text) {
        for (var line : text.lines().toList()) {
            var sample = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+").matcher(line);
            if (sample.matches()) {
                var labels = WRITTEN.computeIfAbsent(sample.group(1), _ -> new HashSet<>());
                var label = Pattern.compile("(\\w+)=\"").matcher(String.valueOf(sample.group(2)));
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
        }
    }

    @Test
    void every_metric_that_an_alert_names_is_there() throws IOException {
        assertThat(unknown(alerts())).isEmpty();
    }

    @Test
    void every_metric_that_the_dashboard_names_is_there() throws IOException {
        assertThat(unknown(dashboard())).isEmpty();
    }

    @Test
    void every_label_that_they_select_by_is_one_of_its_metrics() throws IOException {
        var wrong = new TreeSet<String>();
        for (var expression :
                Stream.concat(alerts().stream(), dashboard().stream()).toList()) {
            PromQl.labels(expression).forEach((metric, labels) -> {
                for (var label : labels) {
                    var known = WRITTEN.getOrDefault(metric, LABELS_OF_PROMETHEUS);
                    if (!known.contains(label) && !LABELS_OF_PROMETHEUS.contains(label)) {
                        wrong.add(metric + "{" + label + "}");
                    }
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_outcome_that_they_name_is_one() throws IOException {
        var known = new HashSet<>(Set.of("rang", "answered", "answered_after_ringing", "abandoned"));
        Stream.of(DeclineCause.values(), FailureCause.values())
                .flatMap(Stream::of)
                .forEach(cause -> known.add(word(cause)));
        Stream.of(Admission.Reason.values()).forEach(reason -> known.add("refused_" + word(reason)));

        var unknown = new TreeSet<String>();
        for (var expression :
                Stream.concat(alerts().stream(), dashboard().stream()).toList()) {
            var outcomes = Pattern.compile("outcome=~?\"([^\"]*)\"").matcher(expression);
            while (outcomes.find()) {
                for (var outcome : outcomes.group(1).split("\\|", -1)) {
                    if (known.stream().noneMatch(each -> each.matches(outcome))) {
                        unknown.add(outcome);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void an_expression_is_read_as_it_is_meant() {
        var expression =
                "sum by (app, le) (rate(a_total{x=\"or b_total\",y!=\"}\"}[5m])) / c_bucket > 1e9 or d:e offset 1w";
        assertThat(PromQl.metrics(expression)).containsExactlyInAnyOrder("a_total", "c_bucket", "d:e");
        assertThat(PromQl.labels(expression)).containsExactly(Map.entry("a_total", Set.of("x", "y")));
    }

    private static Set<String> unknown(List<String> expressions) throws IOException {
        var recorded = YAMLMapper.shared()
                .readTree(Files.readString(DOCKER.resolve("alerts.yml")))
                .findValuesAsString("record");
        var unknown = new TreeSet<String>();
        expressions.forEach(expression -> unknown.addAll(PromQl.metrics(expression)));
        assertThat(unknown).as("metrics").isNotEmpty();
        unknown.removeAll(WRITTEN.keySet());
        unknown.removeAll(recorded);
        unknown.removeAll(OF_PROMETHEUS);
        return unknown;
    }

    private static List<String> alerts() throws IOException {
        return YAMLMapper.shared()
                .readTree(Files.readString(DOCKER.resolve("alerts.yml")))
                .findValuesAsString("expr");
    }

    private static List<String> dashboard() throws IOException {
        var dashboard = Stage.JSON.readTree(Files.readString(DOCKER.resolve("grafana/dashboards/flashcall.json")));
        var expressions = new ArrayList<>(dashboard.findValuesAsString("expr"));
        // label_values(METRIC, LABEL), which is Grafana's, not PromQL.
        for (JsonNode variable : dashboard.at("/templating/list")) {
            var query = variable.at("/query/query").asString();
            expressions.add(query.replaceAll("label_values\\((\\w+), (\\w+)\\)", "$1{$2=\"\"}"));
        }
        return expressions;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
