package io.flashcall.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.FakeEngine;
import io.flashcall.cli.Shell;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallRequest;
import io.flashcall.engine.E164;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadCommandTest {

    @TempDir
    private Path folder;

    @Test
    void every_call_has_numbers_by_its_own_number_and_does_not_ring_unless_asked_to() {
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        assertThat(shell.run(args("--rate=10000", "--calls=120", "--json")))
                .as(shell.err())
                .isZero();
        assertThat(shell.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"calls\":120,\"outcomes\":{\"rang\":{\"487\":120}},\"refused\":{},");
        assertThat(shell.err()).isEmpty();
        assertThat(engine.requests.stream().map(CallRequest::from)).startsWith("+12025550100", "+12025550101");
        assertThat(engine.requests.getLast().from()).isEqualTo("+12025550119");
        assertThat(engine.requests.getLast().to()).isEqualTo("+442079460119");
        assertThat(engine.config().trunks().getFirst().calls().ringTime()).isZero();
    }

    @Test
    void places_may_stand_anywhere_and_an_address_owns_every_number() {
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        assertThat(shell.run(
                        "load",
                        "--trunk=127.0.0.1:5070",
                        "--from=+1202x5501x3",
                        "--to=+44x079460123",
                        "--rate=10000",
                        "--calls=100"))
                .as(shell.err())
                .isZero();
        var owned = engine.config().trunks().getFirst().callerIds();
        assertThat(engine.requests).hasSize(100).allMatch(request -> owned.owns(E164.parse(request.from())));
        assertThat(engine.requests.get(42).from()).isEqualTo("+12024550123");
    }

    @Test
    void a_duration_is_so_many_calls() {
        var engine = FakeEngine.ringing();
        assertThat(new Shell(engine).run(args("--rate=1000", "--duration=50ms")))
                .isZero();
        assertThat(engine.requests).hasSize(50);
    }

    @Test
    void slots_are_as_many_as_can_be_needed_at_once() {
        var engine = FakeEngine.ringing();
        assertThat(new Shell(engine).run(args("--rate=5000", "--calls=20", "--agents=2")))
                .isZero();
        assertThat(engine.config().userAgents().count()).isEqualTo(2);
        assertThat(engine.config().userAgents().maxCalls()).isBetween(10, 100);
        var sizes = new LoadSizing(new OpenLoop(5_000, 1_000_000), 1, 4_000_000)
                .sizes(engine.config().trunks().getFirst().calls());
        assertThat(sizes.maxCalls()).isBetween(5_000 * 12, 5_000 * 14);
    }

    @Test
    void refusals_stand_outside_calls_and_end_with_1() {
        var shell = new Shell(FakeEngine.ringing().refusing(Admission.Reason.NO_CHANNEL));
        assertThat(shell.run(args("--rate=1000", "--calls=3", "--json"))).isEqualTo(1);
        assertThat(shell.out()).startsWith("{\"calls\":0,\"outcomes\":{},\"refused\":{\"NO_CHANNEL\":3},");
    }

    @Test
    void whoever_stops_it_still_gets_the_report() {
        var engine = new FakeEngine(_ -> Optional.empty());
        var stops = new ArrayList<Thread>();
        var shell = new Shell(engine.starter(), (patience, request) -> {
            assertThat(patience).isEqualTo(Duration.ofMillis(1900));
            stops.add(Thread.ofVirtual().start(() -> {
                while (engine.count() < 10) {
                    Thread.onSpinWait();
                }
                request.run();
            }));
        });
        assertThat(shell.run(args("--rate=1000", "--duration=10m", "--drain-timeout=1s", "--json")))
                .isZero();
        assertThat(stops).hasSize(1);
        assertThat(shell.out())
                .startsWith("{\"calls\":" + engine.count() + ",\"outcomes\":{\"rang\":{\"487\":" + engine.count());
    }

    @Test
    void rows_go_to_a_file() throws Exception {
        var file = folder.resolve("rows.csv");
        assertThat(new Shell(FakeEngine.ringing()).run(args("--rate=1000", "--calls=3", "--csv=" + file)))
                .isZero();
        assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rate=fast --calls=1            | --rate   | fast
                    --rate=0 --calls=1               | --rate   | more than 0
                    --rate=100001 --calls=1          | --rate   | 100001
                    --rate=NaN --calls=1             | --rate   | NaN
                    --rate=1                         | --calls  | --duration
                    --rate=1 --calls=1 --duration=1s | --calls  | --duration
                    --rate=1 --calls=0               | --calls  | at least one
                    --rate=1 --duration=0s           | --duration | at least one
                    --rate=1 --calls=1 --agents=0    | --agents | 1 to 64
                    --rate=1 --calls=1 --max-in-flight=0 | --max-in-flight | at least 1
                    --rate=1 --calls=1 --ring=1      | --ring   | 1500ms
                    --rate=1 --calls=1 --csv=/no/such/folder/rows.csv | --csv | /no/such/folder
                    """)
    void a_bad_value_names_itself_and_what_was_expected(String bad, String option, String told) {
        var shell = new Shell(FakeEngine.ringing());
        assertThat(shell.run(args(bad.split(" ")))).isEqualTo(2);
        assertThat(shell.err()).contains(option, told);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void caller_ids_that_are_not_the_trunks_are_refused_before_anything_is_placed() throws Exception {
        var file = Files.writeString(folder.resolve("engine.yaml"), """
                trunks:
                  mine: {target: "127.0.0.1:5070", caller_ids: ["+1202555010x"], flash_calls_allowed: true}
                """);
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        var args = List.of("load", "--trunk=mine", "--config=" + file, "--from=+120255501xx", "--to=+442079460123");
        var all = new ArrayList<>(args);
        all.addAll(List.of("--rate=1", "--calls=1"));
        assertThat(shell.run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(shell.err()).contains("--from", "+1202*****xx", "caller_ids");
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void more_agents_than_the_configuration_advertises_are_refused() throws Exception {
        var file = Files.writeString(folder.resolve("engine.yaml"), """
                user_agents: {count: 2, local: "127.0.0.1:0", advertised: ["203.0.113.7:5060", "203.0.113.7:5061"]}
                trunks:
                  mine: {target: "127.0.0.1:5070", caller_ids: ["+120255501xx"], flash_calls_allowed: true}
                """);
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        var args = List.of(
                "load",
                "--trunk=mine",
                "--config=" + file,
                "--from=+120255501xx",
                "--to=+442079460123",
                "--rate=1000",
                "--calls=1");
        var three = new ArrayList<>(args);
        three.add("--agents=3");
        assertThat(shell.run(three.toArray(String[]::new))).isEqualTo(2);
        assertThat(shell.err()).contains("'--agents': 3", "1 to 2", "advertised", "engine.yaml");
        var one = new ArrayList<>(args);
        assertThat(shell.run(one.toArray(String[]::new))).as(shell.err()).isZero();
        assertThat(engine.config().userAgents().advertised()).containsExactly("203.0.113.7:5060");
        assertThat(shell.err()).contains("max_channels: 1000", "+1202*******").doesNotContain("5550");
    }

    private static String[] args(String... options) {
        var args =
                new ArrayList<>(List.of("load", "--trunk=127.0.0.1:5070", "--from=+120255501xx", "--to=+442079460xxx"));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }
}
