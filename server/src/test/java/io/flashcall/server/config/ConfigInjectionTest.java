package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Line ends and their like in the file, or in an environment variable that it names, at every key whose value stands
/// in our messages: the file is refused, on the line where it stands, and what is said of it is one line itself. What
/// else a record of the configuration takes is tried in the engine's own tests.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfigInjectionTest {

    private static final List<String> EVIL = List.of(
            "\r\nX-Evil: 1", "\nX-Evil: 1", "\rX-Evil: 1", "\0", "\u010d\u010aX-Evil: 1", "\u2028X-Evil: 1", "\u0085X");

    /// A file for each key, with `%s` behind a good value.
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("name", trunk("").replace("carrier-a", "\"carrier-a%s\"")),
            Map.entry("target", trunk("").replace("192.0.2.10:5060", "\"sip.carrier.example%s\"")),
            Map.entry("advertised", "user_agents: {advertised: \"sip.example.net%s\"}\n" + trunk("")),
            Map.entry("from_domain", trunk("numbers: {from_domain: \"example.net%s\"}")),
            Map.entry(
                    "country_code",
                    trunk("numbers: {format: national, country_code: \"44%s\", national_prefix: \"\","
                            + " international_prefix: \"\"}")),
            Map.entry(
                    "national_prefix",
                    trunk("numbers: {format: national, country_code: 44, national_prefix: \"0%s\","
                            + " international_prefix: \"\"}")),
            Map.entry(
                    "international_prefix",
                    trunk("numbers: {format: national, country_code: 44, national_prefix: 0,"
                            + " international_prefix: \"00%s\"}")),
            Map.entry("routes", trunk("signalling: {routes: [\"sip:a;lr%s\"]}")),
            Map.entry("a header", trunk("signalling: {headers: {X-Account: \"12%s\"}}")),
            Map.entry("a header's name", trunk("signalling: {headers: {\"X-Account%s\": 12}}")),
            Map.entry("a refusal's key", trunk("refusals: {\"480%s\": busy}")),
            Map.entry("a refusal's meaning", trunk("refusals: {\"480\": \"busy%s\"}")),
            Map.entry("privacy", trunk("caller_headers: {privacy: \"none%s\"}")),
            Map.entry("diversion", trunk("caller_headers: {diversion: {number: \"+442079460100%s\"}}")),
            Map.entry("reason", trunk("caller_headers: {diversion: {number: \"+442079460100\", reason: \"away%s\"}}")),
            Map.entry("orig_ioi", trunk("caller_headers: {charging_vector: {orig_ioi: \"a%s\"}}")),
            Map.entry("generated_at", trunk("caller_headers: {charging_vector: {orig_ioi: a, generated_at: \"a%s\"}}")),
            Map.entry("caller_ids", trunk("").replace("+12025550100", "\"+12025550100%s\"")));

    @TempDir
    Path directory;

    static Stream<Arguments> filesAndEvil() {
        return FILES.keySet().stream().sorted().flatMap(key -> EVIL.stream().map(evil -> Arguments.of(key, evil)));
    }

    @ParameterizedTest
    @MethodSource("filesAndEvil")
    void hostile_text_is_refused(String key, String evil) {
        var text = FILES.getOrDefault(key, "");
        assertThat(catchThrowable(() -> new ConfigFile(directory, text.replace("%s", "")).config()))
                .isNull();

        refuses(text.replace("%s", escaped(evil)), Map.of());
        if (!key.equals("name") && !key.equals("a header's name") && !key.equals("a refusal's key")) {
            refuses(text.replace("%s", "${EVIL}"), Map.of("EVIL", evil));
        }
    }

    private void refuses(String text, Map<String, String> variables) {
        var complaint = new ConfigFile(directory, text).complaint(variables);
        assertThat(complaint.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("  line "));
        assertThat(complaint).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f]");
    }

    private static String trunk(String more) {
        return ConfigFile.TRUNK + (more.isEmpty() ? "" : "    " + more + "\n");
    }

    /// As a quoted text of YAML has it.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c >= ' ' && c <= '~' ? (char) c + "" : "\\u%04x".formatted(c)));
        return escaped.toString();
    }
}
