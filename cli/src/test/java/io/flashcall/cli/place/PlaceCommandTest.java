package io.flashcall.cli.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.cli.FakeEngine;
import io.flashcall.cli.Shell;
import io.flashcall.engine.Admission;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.RegistrationStatus;
import io.flashcall.engine.RegistrationStatus.State;
import io.flashcall.engine.SipStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaceCommandTest {

    private static final SipStatus OK = new SipStatus(200, -1, "");

    @TempDir
    private Path folder;

    @Test
    void an_address_is_a_trunk_that_owns_the_caller_id_and_nothing_else() {
        var engine = FakeEngine.ringing();
        assertThat(place(engine, "--trunk", "127.0.0.1:5070")).isZero();
        var config = engine.config();
        var trunk = config.trunks().getFirst();
        assertThat(trunk.peer().target()).hasToString("127.0.0.1:5070");
        assertThat(trunk.callerIds().ranges()).singleElement().satisfies(range -> {
            assertThat(range.first().digits()).isEqualTo("12025550123");
            assertThat(range.last().digits()).isEqualTo("12025550123");
        });
        assertThat(trunk.calls().ringTime()).isEqualTo(Duration.ofMillis(1500));
        assertThat(trunk.calls().setupTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(config.userAgents().local().toString()).isEqualTo("/127.0.0.1:0");
        assertThat(config.userAgents().maxCalls()).isLessThan(10);
        assertThat(engine.requests).singleElement().satisfies(request -> {
            assertThat(request.from()).isEqualTo("+12025550123");
            assertThat(request.to()).isEqualTo("+442079460123");
        });
    }

    @Test
    void messages_are_captured_where_the_command_line_says() {
        var engine = FakeEngine.ringing();
        assertThat(place(engine, "--trunk", "127.0.0.1:5070")).isZero();
        assertThat(engine.config().capture()).isEqualTo(CaptureConfig.NONE);

        assertThat(place(engine, "--trunk", "127.0.0.1:5070", "--pcap", folder.toString(), "--hep", "[::1]:9061"))
                .isZero();
        assertThat(engine.config().capture())
                .isEqualTo(CaptureConfig.NONE
                        .withPcap(new CaptureConfig.Pcap(folder, "", 64 << 20, 8))
                        .withHep(new CaptureConfig.Hep("[::1]", 9061, 1, "", 1.0)));
        assertThat(place(engine, "--trunk", "127.0.0.1:5070", "--hep", "homer.example"))
                .isZero();
        assertThat(engine.config().capture().hep().orElseThrow().port()).isEqualTo(9060);
    }

    @Test
    void messages_are_captured_as_the_configuration_says_for_its_trunk() throws IOException {
        var file = Files.writeString(folder.resolve("engine.yaml"), """
                capture: {ladders: 0, hep: {host: 127.0.0.1}, pcap: {directory: wire, trunk: other}}
                trunks:
                  mine: {target: 127.0.0.1:5070, caller_ids: ["+12025550123"], flash_calls_allowed: true}
                  other: {target: 127.0.0.1:5071, caller_ids: ["+12025550123"], flash_calls_allowed: true}
                """);
        var engine = FakeEngine.ringing();
        assertThat(place(engine, "--trunk", "other", "--config", file.toString()))
                .isZero();
        assertThat(engine.config().capture().pcap()).isPresent();
        assertThat(place(engine, "--trunk", "mine", "--config", file.toString()))
                .isZero();
        assertThat(engine.config().capture())
                .isEqualTo(CaptureConfig.NONE.withHep(new CaptureConfig.Hep("127.0.0.1", 9060, 1, "", 1.0)));
    }

    @Test
    void options_change_the_trunk() {
        var engine = FakeEngine.ringing();
        assertThat(place(
                        engine,
                        "--trunk=[::1]:5070;transport=udp",
                        "--ring=2s",
                        "--setup-timeout=500ms",
                        "--local=[::1]:6060"))
                .isZero();
        var calls = engine.config().trunks().getFirst().calls();
        assertThat(calls.ringTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(calls.setupTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(engine.config().userAgents().local().getPort()).isEqualTo(6060);
    }

    @Test
    void a_registration_that_is_under_way_is_waited_for() {
        var engine = FakeEngine.ringing()
                .registering(
                        registration(State.UNREGISTERED, "not tried yet"),
                        registration(State.REGISTERING, "asks"),
                        registration(State.REGISTERED, "at"));
        var shell = new Shell(engine);
        assertThat(shell.run(args("--trunk", "127.0.0.1:5070"))).isZero();
        assertThat(shell.err()).isEmpty();
        assertThat(engine.snapshot().registrations())
                .extracting(RegistrationStatus::state)
                .containsOnly(State.REGISTERED);
    }

    @Test
    void a_call_is_tried_without_a_registration_that_is_rejected_and_says_so() {
        var engine = FakeEngine.ringing().registering(registration(State.REJECTED, "403 from there"));
        var shell = new Shell(engine);
        assertThat(shell.run(args("--trunk", "127.0.0.1:5070"))).isZero();
        assertThat(shell.err()).isEqualToIgnoringNewLines("Not registered with 127.0.0.1:5070: 403 from there.");
        assertThat(engine.count()).isEqualTo(1);
    }

    private static RegistrationStatus registration(State state, String reason) {
        return new RegistrationStatus("x", 0, state, reason);
    }

    @Test
    void an_address_elsewhere_needs_a_word_that_the_numbers_are_ours() {
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        assertThat(shell.run(args("--trunk", "192.0.2.1:5060"))).isEqualTo(2);
        assertThat(shell.err()).contains("192.0.2.1:5060", "loopback", "--i-own-these-numbers");
        assertThat(shell.run(args("--trunk", "192.0.2.1:5060", "--i-own-these-numbers")))
                .isZero();
        assertThat(engine.config().userAgents().local().toString()).isEqualTo("/0.0.0.0:0");
    }

    @Test
    void a_name_is_a_trunk_of_the_configuration_and_keeps_its_limits() throws IOException {
        var file = Files.writeString(folder.resolve("engine.yaml"), """
                user_agents: {local: "127.0.0.1:0", advertised: "203.0.113.7", max_calls: 9999}
                timers: {t1: 250ms}
                trunks:
                  mine:
                    target: 127.0.0.1:5070
                    caller_ids: ["+120255501xx"]
                    flash_calls_allowed: true
                    ring_time: 3s
                    max_channels: 7
                  other: {target: "127.0.0.1:5071", caller_ids: ["+120255501xx"], flash_calls_allowed: true}
                """);
        var engine = FakeEngine.ringing();
        var shell = new Shell(engine);
        assertThat(shell.run(args("--trunk", "mine", "--config", file.toString())))
                .as(shell.err())
                .isZero();
        assertThat(engine.config().trunks()).singleElement().satisfies(trunk -> {
            assertThat(trunk.calls().ringTime()).isEqualTo(Duration.ofSeconds(3));
            assertThat(trunk.calls().maxChannels()).isEqualTo(7);
        });
        assertThat(engine.config().timers().t1()).isEqualTo(Duration.ofMillis(250));
        assertThat(engine.config().userAgents().advertised()).containsExactly("203.0.113.7");
        assertThat(shell.err()).isEmpty();
        assertThat(shell.run(args("--trunk", "mine", "--config", file.toString(), "--json", "--trace")))
                .isZero();
        assertThat(shell.err()).contains("advertised: [\"203.0.113.7\"]", "ring_time: 3s", "+1202*******");
        assertThat(shell.run(args("--trunk", "theirs", "--config", file.toString())))
                .isEqualTo(2);
        assertThat(shell.err()).contains("theirs is not in", "mine or other");
    }

    @Test
    void every_problem_of_a_configuration_is_told_and_ends_with_2() throws IOException {
        var file = Files.writeString(folder.resolve("engine.yaml"), """
                trunks:
                  mine: {target: "no where", ring: 1s}
                """);
        var shell = new Shell(FakeEngine.ringing());
        assertThat(shell.run(args("--trunk", "mine", "--config", file.toString())))
                .isEqualTo(2);
        assertThat(shell.err()).contains("engine.yaml: 4 problems", "no where", "trunks.mine.ring: unknown key");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void the_outcome_is_the_exit_code() {
        assertThat(place(ending(new CallOutcome.Answered(true, OK)), "--trunk=127.0.0.1:5070"))
                .isEqualTo(3);
        assertThat(place(ending(new CallOutcome.Declined(CallOutcome.DeclineCause.BUSY, OK)), "--trunk=127.0.0.1:5070"))
                .isEqualTo(1);
        assertThat(place(
                        ending(new CallOutcome.Failed(CallOutcome.FailureCause.PROTOCOL, OK, Optional.empty())),
                        "--trunk=127.0.0.1:5070"))
                .isEqualTo(1);
        assertThat(place(ending(new CallOutcome.Abandoned(OK)), "--trunk=127.0.0.1:5070"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_told_on_stderr_and_is_no_object(Admission.Reason reason) {
        var shell = new Shell(FakeEngine.ringing().refusing(reason));
        boolean usage =
                List.of("CALLER_ID_NOT_OWNED", "BAD_NUMBER", "UNKNOWN_TRUNK").contains(reason.name());
        assertThat(shell.run(args("--trunk=127.0.0.1:5070", "--json"))).isEqualTo(usage ? 2 : 1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains(reason.name());
    }

    @Test
    void with_json_stdout_holds_the_object_alone() {
        var shell = new Shell(FakeEngine.ringing());
        assertThat(shell.run(args("--trunk=127.0.0.1:5070", "--json"))).isZero();
        assertThat(shell.out().lines()).singleElement().asString().startsWith("{\"outcome\":\"rang\"");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void whoever_asks_it_to_stop_still_hears_how_the_call_ended() {
        var engine = new FakeEngine(_ -> Optional.empty());
        var patiences = new ArrayList<Duration>();
        var shell = new Shell(engine.starter(), (patience, request) -> {
            assertThat(engine.count()).as("calls before it listens to signals").isZero();
            patiences.add(patience);
            request.run();
        });
        assertThat(shell.run(args("--trunk=127.0.0.1:5070", "--drain-timeout=2s")))
                .isZero();
        assertThat(shell.out()).contains("The phone rang");
        assertThat(patiences).containsExactly(Duration.ofMillis(2900));
    }

    @Test
    void the_call_id_is_the_one_on_the_wire() {
        var shell = new Shell(FakeEngine.ringing());
        assertThat(shell.run(args("--trunk=127.0.0.1:5070", "--json"))).isZero();
        assertThat(shell.out()).contains("\"call_id\":\"" + FakeEngine.CALL_ID + "\"", "\"ring_ms\":1501.0,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--trace", "--json"})
    void nobody_waits_for_the_result_while_a_silent_peer_is_waited_for(String option) {
        var printed = new HashMap<Duration, String>();
        var shells = new ArrayList<Shell>();
        var engine = FakeEngine.ringing()
                .lingering(timeout -> printed.put(timeout, shells.getFirst().out()));
        shells.add(new Shell(engine));
        assertThat(shells.getFirst().run(args("--trunk=127.0.0.1:5070", "--drain-timeout=4s", option)))
                .isZero();
        assertThat(printed.get(Duration.ofSeconds(4))).containsAnyOf("The phone rang", "\"outcome\":\"rang\"");
        assertThat(printed.keySet()).allMatch(timeout -> timeout.toSeconds() == 4 || timeout.toMillis() < 100);
        assertThat(shells.getFirst().err()).contains("nobody will hang up");
    }

    @Test
    void an_address_that_cannot_be_bound_is_bad_usage() {
        var shell = new Shell(
                (_, _, _) -> {
                    throw new IOException("cannot bind 127.0.0.1:5060");
                },
                (_, _) -> {});
        assertThat(shell.run(args("--trunk=127.0.0.1:5070"))).isEqualTo(2);
        assertThat(shell.err()).contains("cannot bind 127.0.0.1:5060", "--local");
    }

    @Test
    void a_fault_of_ours_is_no_outcome() {
        var shell = new Shell(
                (_, _, _) -> {
                    throw new IllegalStateException("no such state");
                },
                (_, _) -> {});
        assertThat(shell.run(args("--trunk=127.0.0.1:5070"))).isEqualTo(70);
        assertThat(shell.err()).contains("no such state");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --ring=nine                  | --ring          | nine
                    --ring=181s                  | --ring          | 0s to 180s
                    --setup-timeout=1ms          | --setup-timeout | 100ms to 180s
                    --drain-timeout=1h           | --drain-timeout | 0s to
                    --local=here                 | --local         | here
                    --trunk=127.0.0.1:x          | --trunk         | 127.0.0.1:x
                    --trunk=::1:5070             | --trunk         | IPv6 in brackets
                    --trunk=127.0.0.1:1;transport=sctp | --trunk   | transport=udp
                    --to=442079460123            | --to            | 4420********
                    --from=+1202                 | --from          | 7 to 15 digits
                    --from=+12025550123456789    | --from          | 1202*************
                    --rign=1s                    | --rign          | --ring
                    """)
    void a_bad_value_names_itself_and_what_was_expected(String bad, String option, String told) {
        var shell = new Shell(FakeEngine.ringing());
        String name = bad.substring(0, bad.indexOf('='));
        var args = new ArrayList<>(List.of("place"));
        for (String good : List.of("--to=+442079460123", "--from=+12025550123", "--trunk=127.0.0.1:5070")) {
            if (!good.startsWith(name + "=")) {
                args.add(good);
            }
        }
        args.add(bad);
        assertThat(shell.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(shell.err()).contains(option, told, "Try: flashcall place --help");
        assertThat(shell.out()).isEmpty();
    }

    private static FakeEngine ending(CallOutcome outcome) {
        return new FakeEngine(_ -> Optional.of(outcome));
    }

    private static int place(FakeEngine engine, String... options) {
        return new Shell(engine).run(args(options));
    }

    private static String[] args(String... options) {
        var args = new ArrayList<>(List.of("place", "--to", "+442079460123", "--from", "+12025550123"));
        args.addAll(List.of(options));
        return args.toArray(String[]::new);
    }
}
