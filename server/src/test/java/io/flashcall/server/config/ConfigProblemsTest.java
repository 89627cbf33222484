package io.flashcall.server.config;

import static io.flashcall.server.config.ConfigFile.TRUNK;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigProblemsTest {

    @TempDir
    Path directory;

    @Test
    void every_problem_of_a_file_is_told_at_once_and_in_the_file_s_order() {
        file("""
                user_agents:
                  count: 0
                  colour: red
                timers: {t1: 10s, tick: fast}
                trunks:
                  carrier-a:
                    flash_calls_allowed: maybe
                    caller_ids: [+12025550100]
                    target: 192.0.2.10:5060
                    calls_per_second: 0
                    ring_tme: 2s
                    ring_time: 181s
                  carrier-b:
                    target: "[2001:db8::1]:5060"
                    flash_calls_allowed: true
                """)
                .complains(
                        "line 2: user_agents.count: 0 (expected: 1 to 64)",
                        "line 3: user_agents.colour: unknown key (expected: one of"
                                + " local, count, shared_port, advertised, max_calls, event_capacity, receive_buffer)",
                        "line 4: timers.tick: fast (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                        "line 4: timers.t1: 10s (expected: 5ms to 4s)",
                        "line 7: trunks.carrier-a.flash_calls_allowed: maybe"
                                + " (expected: true or false: whether your contract with this carrier allows flash calls)",
                        "line 10: trunks.carrier-a.calls_per_second: 0 (expected: 1 to 100000)",
                        "line 11: trunks.carrier-a.ring_tme: unknown key (did you mean ring_time?)",
                        "line 12: trunks.carrier-a.ring_time: 181s"
                                + " (expected: 0s to 180s; 1 to 3 s shows the number and misses voicemail)",
                        "line 13: trunks.carrier-b.caller_ids: missing"
                                + " (expected: +12025550123, a range +12025550100..+12025550199, or +120255501xx)",
                        "line 14: trunks.carrier-b.target: [2001:db8::1]:5060"
                                + " (expected: an address that user_agents.local /0.0.0.0:0 can send to (same IP version))");
    }

    @Test
    void refusals_have_a_known_key_and_a_known_meaning() {
        file(TRUNK + """
                    refusals:
                      "480": busy
                      "401": busy
                      "q850:200": busy
                      "603+": rang
                """)
                .complains(
                        "line 8: trunks.carrier-a.refusals.401: busy (expected: as its key, a status of 300 to 699 other"
                                + " than 401 and 407, q850: and a cause of 0 to 127, or 603+)",
                        "line 9: trunks.carrier-a.refusals.q850:200: busy (expected: as its key, a status of 300 to 699"
                                + " other than 401 and 407, q850: and a cause of 0 to 127, or 603+)",
                        "line 10: trunks.carrier-a.refusals.603+: rang (expected: invalid_number, busy, unavailable,"
                                + " unwanted, rang_unseen, unreachable, overloaded, not_authorized, blocked,"
                                + " blocked_by_analytics, media_refused or protocol)");
    }

    @ParameterizedTest
    @CsvSource({
        "ring_tiem, ring_time",
        "ring-time, ring_time",
        "ringTime, ring_time",
        "Sources, sources",
        "callerid, caller_ids",
        "call_per_sec, calls_per_second",
        "flash_call_allowed, flash_calls_allowed"
    })
    void an_unknown_key_comes_with_the_nearest_known_one(String written, String meant) {
        file(TRUNK + "    " + written + ": 1\n")
                .complains("line 6: trunks.carrier-a." + written + ": unknown key (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_channels: 4000001 | max_channels: 4000001 (expected: 1 to 4000000)",
                "max_channels: many | max_channels: many (expected: a whole number below 2147483648)",
                "max_channels: 1.5 | max_channels: 1.5 (expected: a whole number below 2147483648)",
                "max_channels: [1] | max_channels: [1] (expected: a whole number below 2147483648)",
                "max_channels: {a: 1} | max_channels: {a: 1} (expected: a whole number below 2147483648)",
                "max_channels: | max_channels: nothing (expected: a whole number below 2147483648)",
                "ring_time: 1500 | ring_time: 1500 (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                "ring_time: \"\" | ring_time: \"\" (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                "setup_timeout: 99ms | setup_timeout: 99ms (expected: 100ms to 180s)",
                "sources: [10/8] | sources[0]: 10/8 (expected: an IP address)",
                "sources: [2001:db8::1, 10.0.0.0/33] | sources[1]: 10.0.0.0/33"
                        + " (expected: an IP address, or a block of them such as 192.0.2.0/24)",
                "sources: carrier.example | sources: carrier.example (expected: an IP address)",
                "ring_policy: 183 | ring_policy: 183 (expected: 180, 180-or-early-media, 180-or-183 or {183-after: DURATION}, 1ms to 60s)",
                "ring_policy: {183-after: 61s} | ring_policy.183-after: 61s (expected: 1ms to 60s)",
                "ring_policy: {183-aftr: 1s, 183-after: 1s} | ring_policy.183-aftr: unknown key (did you mean 183-after?)",
                "ring_policy: {} | ring_policy.183-after: missing (expected: 1ms to 60s)",
                "ring_policy: \"183-after: 1\""
                        + " | ring_policy: 183-after: 1 (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                "numbers: 5 | numbers: 5 (expected: keys and values)",
                "numbers: {format: e.164} | numbers.format: e.164 (expected: +e164, e164 or national)",
                "numbers: {user_phone: yes} | numbers.user_phone: yes (expected: true or false)",
                "numbers: {country_code: 44} | numbers.country_code: 44 (expected: only with format: national)",
                "numbers: {from_domain: a b} | numbers.from_domain: a b"
                        + " (expected: a host name or IP address (IPv6 in brackets), or nothing)"
            })
    void a_bad_value_of_a_trunk_is_named_with_what_was_expected(String line, String complaint) {
        file(TRUNK + "    " + line + "\n").complains("line 6: trunks.carrier-a." + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local: 5060 | local: 5060 (expected: an IP address or localhost, with or without :PORT, IPv6 in brackets)",
                "local: 127.0.0.1:65536 | local: 127.0.0.1:65536 (expected: a port up to 65535)",
                "{local: '127.0.0.1:65535', count: 2} | local: 127.0.0.1:65535 (expected: room for 2 ports)",
                "advertised: [a, b] | advertised: [a, b] (expected: none, or one for each of the 1 agents)",
                "{shared_port: true, count: 2, advertised: [a, b]} | advertised: [a, b] (expected: none, or one for the shared port)",
                "advertised: 0.0.0.0:5060 | advertised: 0.0.0.0:5060 (expected: an address that the carrier can reach)",
                "advertised: 'a;b' | advertised: a;b (expected: a host name or IP address, with or without :PORT)",
                "event_capacity: 7 | event_capacity: 7 (expected: 8 to 67108864)",
                "receive_buffer: 63KiB | receive_buffer: 63KiB (expected: at least 65536 bytes)",
                "receive_buffer: 8MB | receive_buffer: 8MB (expected: a size below 2GiB, such as 65536, 64KiB or 8MiB)"
            })
    void a_bad_value_of_the_user_agents_is_named_with_what_was_expected(String keys, String complaint) {
        var flow = keys.startsWith("{") ? keys : "{" + keys + "}";
        file("user_agents: " + flow + "\n" + TRUNK).complains("line 1: user_agents." + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1:0 | host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls",
                "0.0.0.0:5060 | host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls",
                "192.0.2.1:5061;transport=sctp | host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls",
                "192.0.2.1:5060;lr | host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls",
                "2001:db8::1 | host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls"
            })
    void a_bad_target_is_named_with_what_was_expected(String target, String expected) {
        file(TRUNK.replace("192.0.2.10:5060", target))
                .complains("line 3: trunks.carrier-a.target: " + target + " (expected: " + expected + ")");
    }

    @Test
    void required_keys_that_are_missing_are_told_on_the_line_of_their_section() {
        file("# nothing else\ntrunks:\n  carrier-a: {numbers: {format: national}}\n")
                .complains(
                        "line 3: trunks.carrier-a.target: missing"
                                + " (expected: host, host:port or sip:host:port, IPv6 in brackets, and perhaps ;transport=udp, tcp or tls)",
                        "line 3: trunks.carrier-a.caller_ids: missing"
                                + " (expected: +12025550123, a range +12025550100..+12025550199, or +120255501xx)",
                        "line 3: trunks.carrier-a.flash_calls_allowed: missing"
                                + " (expected: true or false: whether your contract with this carrier allows flash calls)",
                        "line 3: trunks.carrier-a.numbers.country_code: missing (expected: digits, or \"\" for none)",
                        "line 3: trunks.carrier-a.numbers.national_prefix: missing (expected: digits, or \"\" for none)",
                        "line 3: trunks.carrier-a.numbers.international_prefix: missing (expected: digits, or \"\" for none)");
    }

    @Test
    void there_must_be_a_trunk() {
        file("").complains("line 1: trunks: missing (expected: at least one trunk)");
        file("trunks:\n").complains("line 1: trunks: nothing (expected: at least one trunk)");
        file("trunks: {}\n").complains("line 1: trunks: {} (expected: at least one trunk)");
        file("trunks: 5\n").complains("line 1: trunks: 5 (expected: keys and values)");
        file("trunks:\n  a:\n").complains("line 2: trunks.a: nothing (expected: keys and values)");
    }

    @Test
    void a_trunk_s_name_is_short_and_plain() {
        file(TRUNK.replace("carrier-a", "Carrier A"))
                .complains("line 2: trunks.Carrier A.name: Carrier A (expected: 1 to 32 of a-z 0-9 - _)");
    }

    @Test
    void a_value_that_is_measured_by_a_bad_one_is_not_blamed() {
        file("timers: {t1: soon, t2: 100ms}\nuser_agents: {count: two, advertised: [a, b]}\n" + TRUNK)
                .complains(
                        "line 1: timers.t1: soon (expected: a duration such as 1500ms, 2s, 1m or PT2S)",
                        "line 2: user_agents.count: two (expected: a whole number below 2147483648)");
    }

    @Test
    void a_key_given_twice_is_told_with_its_first_line() {
        file(TRUNK + "    target: 192.0.2.11:5060\n  carrier-a: {}\n")
                .complains(
                        "line 6: trunks.carrier-a.target: given twice, first on line 3 (expected: once)",
                        "line 7: trunks.carrier-a: given twice, first on line 2 (expected: once)");
    }

    private ConfigFile file(String text) {
        return new ConfigFile(directory, text);
    }
}
