package io.flashcall.cli.loadapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.FakeService;
import io.flashcall.cli.FakeService.Faults;
import io.flashcall.cli.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadApiCommandTest {

    private final Shell shell = new Shell();

    @Test
    void every_session_is_started_checked_and_heard_of() {
        try (var service = new FakeService(Faults.none())) {
            assertThat(load(service, "--rate=500", "--duration=200ms")).isZero();
            assertThat(shell.out()).startsWith("{\"started\":100,\"verified\":100,\"webhooks\":100,\"errors\":0,");
            assertThat(report().path("ended").toString()).isEqualTo("{\"verified\":100}");
            assertThat(report().path("start_ms").propertyNames()).containsExactly("p50", "p99", "p999", "max");
            assertThat(report().path("verify_ms").path("p50").asDouble()).isPositive();
        }
    }

    @Test
    void a_person_gets_a_table() {
        try (var service = new FakeService(Faults.none())) {
            var args = args(service, "--rate=100", "--duration=100ms");
            args.remove("--json");
            assertThat(shell.run(args.toArray(String[]::new))).isZero();
            assertThat(shell.out()).startsWith("10 of 10 started (").contains("10 verified", "start answered");
        }
    }

    @Test
    void a_request_that_the_service_cannot_serve_is_sent_again_and_done_once() {
        try (var service = new FakeService(new Faults(new AtomicInteger(5), new AtomicInteger(5), false, false))) {
            assertThat(load(service, "--rate=200", "--duration=100ms")).isZero();
            assertThat(service.starts()).isEqualTo(20);
            assertThat(report().path("retries").asInt()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void with_several_urls_it_goes_to_another_when_one_is_down() {
        try (var service = new FakeService(Faults.none())) {
            assertThat(load(service, "--url=http://127.0.0.1:9", "--rate=100", "--duration=100ms"))
                    .isZero();
            assertThat(report().path("verified").asInt()).isEqualTo(10);
        }
    }

    @Test
    void without_its_webhooks_a_load_is_not_clean() {
        try (var service = new FakeService(new Faults(new AtomicInteger(), new AtomicInteger(), true, false))) {
            assertThat(load(service, "--rate=100", "--duration=100ms", "--grace=300ms"))
                    .isEqualTo(1);
            assertThat(report().path("verified").asInt()).isEqualTo(10);
            assertThat(report().path("webhooks").asInt()).isZero();
            assertThat(report().path("ended").toString()).isEqualTo("{\"open\":10}");
        }
    }

    @Test
    void webhooks_that_are_signed_wrongly_are_errors() {
        try (var service = new FakeService(new Faults(new AtomicInteger(), new AtomicInteger(), false, true))) {
            assertThat(load(service, "--rate=100", "--duration=100ms", "--grace=300ms"))
                    .isEqualTo(1);
            assertThat(report().path("error_kinds").toString()).isEqualTo("{\"a webhook was not signed rightly\":10}");
        }
    }

    @Test
    void a_key_that_the_service_does_not_know_is_told() {
        try (var service = new FakeService(Faults.none())) {
            var args = args(service, "--rate=100", "--duration=100ms", "--grace=1s");
            args.set(args.indexOf("--key=" + FakeService.KEY), "--key=fc_srv_none");
            assertThat(shell.run(args.toArray(String[]::new))).isEqualTo(1);
            assertThat(report().path("error_kinds").toString()).contains("start: The API key is not valid");
        }
    }

    @Test
    void nobody_at_the_url_is_told_in_one_line() {
        assertThat(shell.run(
                        "load-api",
                        "--url=http://127.0.0.1:9",
                        "--key=k",
                        "--handsets=http://127.0.0.1:9",
                        "--rate=1",
                        "--duration=1s"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("http://127.0.0.1:9").hasLineCount(1);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rate=0     --duration=1s                        | --rate
            --rate=20000 --duration=1s                        | --rate
            --rate=1     --duration=1ms                       | 0 sessions
            --rate=1     --duration=1s --connections=0        | --connections
            --rate=1     --duration=1s --url=http://127.0.0.1 | --key
            """)
    void a_bad_value_names_itself(String args, String named) {
        assertThat(shell.run(("load-api " + args).split(" +"))).isEqualTo(2);
        assertThat(shell.err()).contains(named);
    }

    private int load(FakeService service, String... more) {
        return shell.run(args(service, more).toArray(String[]::new));
    }

    private static List<String> args(FakeService service, String... more) {
        var args = new ArrayList<>(List.of(
                "load-api",
                "--url=" + service.url(),
                "--key=" + FakeService.KEY,
                "--handsets=" + service.url(),
                "--think=10ms",
                "--json"));
        args.addAll(List.of(more));
        return args;
    }

    private JsonNode report() {
        return new JsonMapper().readTree(shell.out());
    }
}
