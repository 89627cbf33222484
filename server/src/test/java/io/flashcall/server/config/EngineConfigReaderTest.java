package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds;
import io.flashcall.engine.Cidr;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.NumberPolicy.PlainE164;
import io.flashcall.engine.RingPolicy;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.UserAgentConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineConfigReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_trunk_with_three_keys_is_enough_and_the_rest_are_the_engine_s_defaults() {
        var config = file(TRUNK).config();

        assertThat(config.userAgents()).isEqualTo(UserAgentConfig.of(1, Addresses.parse("0.0.0.0:0", 0)));
        assertThat(config.timers()).isEqualTo(SipTimers.STANDARD);
        var trunk = config.trunks().getFirst();
        assertThat(trunk.name()).isEqualTo("carrier-a");
        assertThat(trunk.peer().target()).hasToString("192.0.2.10:5060");
        assertThat(trunk.peer().sources()).isEmpty();
        assertThat(trunk.callerIds()).isEqualTo(new CallerIds(List.of(CallerIds.Range.parse("+12025550100")), true));
        assertThat(trunk.numbers()).isEqualTo(NumberPolicy.PLUS_E164);
        assertThat(trunk.calls()).isEqualTo(CallPolicy.DEFAULT);
    }

    @Test
    void every_key_is_read() {
        var config = file("""
                user_agents: {count: 2, local: "[::]:5060", shared_port: true, advertised: ["[2001:db8::1]:5061"],
                  max_calls: 10, event_capacity: 50, receive_buffer: 64KiB}
                timers: {t1: 100ms, t2: 1s, timeout: PT6.4S, linger: 0s, tick: 1ms}
                trunks:
                  b:
                    target: "[2001:db8::2]:5080;transport=UDP"
                    sources: [2001:db8::/32, 192.0.2.1]
                    caller_ids: [+12025550100..+12025550199, +4420794601xx]
                    flash_calls_allowed: false
                    numbers: {format: national, country_code: 44, national_prefix: 0, international_prefix: 00,
                      user_phone: false, p_asserted_identity: true, remote_party_id: true, from_domain: example.net}
                    ring_policy: 180-or-183
                    ring_time: 2s
                    setup_timeout: 1m
                    max_channels: 30
                    calls_per_second: 5
                """).config();

        assertThat(config.userAgents())
                .isEqualTo(new UserAgentConfig(
                        2, Addresses.parse("[::]:5060", 0), true, List.of("[2001:db8::1]:5061"), 10, 50, 65_536));
        assertThat(config.timers())
                .isEqualTo(new SipTimers(
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(6400),
                        Duration.ZERO,
                        Duration.ofMillis(1)));
        var trunk = config.trunks().getFirst();
        assertThat(trunk.peer().target()).hasToString("[2001:db8::2]:5080;transport=udp");
        assertThat(trunk.peer().sources()).containsExactly(Cidr.parse("2001:db8::/32"), Cidr.parse("192.0.2.1"));
        assertThat(trunk.callerIds())
                .isEqualTo(new CallerIds(
                        List.of(
                                CallerIds.Range.parse("+12025550100..+12025550199"),
                                CallerIds.Range.parse("+4420794601xx")),
                        false));
        assertThat(trunk.numbers())
                .isEqualTo(new NumberPolicy(new National("44", "0", "00"), false, true, true, "example.net"));
        assertThat(trunk.calls())
                .isEqualTo(
                        new CallPolicy(new RingPolicy.Also183(), Duration.ofSeconds(2), Duration.ofMinutes(1), 30, 5));
    }

    @Test
    void a_ring_policy_is_a_word_a_mapping_or_a_quoted_text() {
        assertThat(ringPolicy("180")).isEqualTo(new RingPolicy.Only180());
        assertThat(ringPolicy("\"180\"")).isEqualTo(new RingPolicy.Only180());
        assertThat(ringPolicy("180-or-early-media")).isEqualTo(new RingPolicy.EarlyMedia());
        assertThat(ringPolicy("180-or-183")).isEqualTo(new RingPolicy.Also183());
        assertThat(ringPolicy("{183-after: 800ms}")).isEqualTo(new RingPolicy.After183(Duration.ofMillis(800)));
        assertThat(ringPolicy("\"183-after: 800ms\"")).isEqualTo(new RingPolicy.After183(Duration.ofMillis(800)));
    }

    @Test
    void a_single_value_stands_for_a_list_of_one() {
        var config = file("user_agents: {advertised: sip.example.net:5060}\n" + TRUNK + "    sources: 192.0.2.0/24\n")
                .config();

        assertThat(config.userAgents().advertised()).containsExactly("sip.example.net:5060");
        assertThat(config.trunks().getFirst().peer().sources()).containsExactly(Cidr.parse("192.0.2.0/24"));
    }

    @Test
    void numbers_may_be_written_without_a_plus() {
        assertThat(file(TRUNK + "    numbers: {format: e164}\n")
                        .trunk()
                        .numbers()
                        .format())
                .isEqualTo(new PlainE164());
    }

    @Test
    void an_empty_section_is_one_of_defaults() {
        assertThat(file("timers:\nuser_agents:\n" + TRUNK).config().timers()).isEqualTo(SipTimers.STANDARD);
    }

    @Test
    void an_environment_variable_may_stand_anywhere_in_a_value() {
        var config = file("""
                user_agents:
                  count: ${COUNT}
                  advertised: ["${PUBLIC_IP}:5060", "sip.${DOMAIN}"]
                """ + TRUNK.replace("192.0.2.10", "${CARRIER}"))
                .config(Map.of(
                        "COUNT", "2", "PUBLIC_IP", "192.0.2.7", "DOMAIN", "example.net", "CARRIER", "192.0.2.9"));

        assertThat(config.userAgents().count()).isEqualTo(2);
        assertThat(config.userAgents().advertised()).containsExactly("192.0.2.7:5060", "sip.example.net");
        assertThat(config.trunks().getFirst().peer().target()).hasToString("192.0.2.9:5060");
    }

    @Test
    void what_an_environment_variable_holds_is_not_searched_for_others() {
        var file = file("user_agents: {advertised: \"${A}\"}\n" + TRUNK);

        assertThat(file.complaint(Map.of("A", "${B}", "B", "example.net")))
                .contains("line 1: user_agents.advertised: ${A} (expected: a host name");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_without_a_line() {
        assertThatThrownBy(() -> EngineConfigReader.read(Path.of("conf/none.yaml")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessage("conf/none.yaml: 1 problem\n  file: not found (expected: a YAML file)");
    }

    private RingPolicy ringPolicy(String policy) {
        return file(TRUNK + "    ring_policy: " + policy + "\n").trunk().calls().ringPolicy();
    }

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }
}
