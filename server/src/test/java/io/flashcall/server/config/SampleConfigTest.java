package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.CallPolicy;
import io.flashcall.engine.CallerIds.Range;
import io.flashcall.engine.CaptureConfig;
import io.flashcall.engine.CaptureConfig.Hep;
import io.flashcall.engine.CaptureConfig.Pcap;
import io.flashcall.engine.NumberPolicy;
import io.flashcall.engine.NumberPolicy.National;
import io.flashcall.engine.SipTimers;
import io.flashcall.engine.UserAgentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `conf/engine.yaml` is what operators copy: it loads, and what it says is true.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleConfigTest {

    private static final Path SAMPLE = Path.of("../conf/engine.yaml");

    @TempDir
    Path directory;

    @Test
    void it_loads_as_it_stands_and_its_values_are_the_defaults() {
        var config = EngineConfigReader.read(SAMPLE);

        assertThat(config.userAgents()).isEqualTo(UserAgentConfig.of(1, Addresses.parse("0.0.0.0:0", 0)));
        assertThat(config.timers()).isEqualTo(SipTimers.STANDARD);
        assertThat(config.capture()).isEqualTo(new CaptureConfig(Optional.empty(), Optional.empty(), 20 << 20));
        assertThat(config.trunks()).hasSize(1);
        var trunk = config.trunks().getFirst();
        assertThat(trunk.name()).isEqualTo("loopback");
        assertThat(trunk.peer().target()).hasToString("127.0.0.1:5070");
        assertThat(trunk.peer().sources()).isEmpty();
        assertThat(trunk.callerIds().flashCallsAllowed()).isTrue();
        assertThat(trunk.callerIds().ranges())
                .containsExactly(
                        Range.parse("+12025550100"),
                        Range.parse("+12025550110..+12025550119"),
                        Range.parse("+12025550123"),
                        Range.parse("+120255502xx"),
                        Range.parse("+442079460xxx"));
        assertThat(trunk.numbers()).isEqualTo(NumberPolicy.PLUS_E164);
        assertThat(trunk.calls()).isEqualTo(CallPolicy.DEFAULT);
    }

    @Test
    void every_default_that_a_comment_names_is_the_value_below_it() throws IOException {
        var defaults = Pattern.compile(
                        "Default:? (\"\"|none|[^\\s,]+?)[.,](?: .*)?\\n(?:\\s*#.*\\n)*\\s*([a-z0-9_]+): (.+)")
                .matcher(Files.readString(SAMPLE));

        int found = 0;
        while (defaults.find()) {
            var value = defaults.group(3).equals("[]") ? "none" : defaults.group(3);
            assertThat(value).as(defaults.group(2)).isEqualTo(defaults.group(1));
            found++;
        }
        assertThat(found).as("keys with a default").isEqualTo(41);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_agents",
                "timers",
                "dns",
                "capture",
                "trunks.loopback",
                "trunks.loopback.failover",
                "trunks.loopback.tls",
                "trunks.loopback.signalling",
                "trunks.loopback.caller_headers",
                "trunks.loopback.guards",
                "trunks.loopback.numbers"
            })
    void every_key_that_the_reader_knows_stands_in_it(String section) throws IOException {
        var name = section.substring(section.lastIndexOf('.') + 1);
        var text = Files.readString(SAMPLE);
        var unknown = text.replaceFirst("(?m)^( *)" + name + ":$", "$0\n$1  qqqqqqqq: 1");

        var complaint = new ConfigFile(directory, unknown).complaint();

        var known = Pattern.compile(Pattern.quote(section) + "\\.qqqqqqqq: unknown key \\(expected: one of (.+)\\)")
                .matcher(complaint);
        assertThat(known.find()).as(complaint).isTrue();
        assertThat(Arrays.asList(known.group(1).split(", ")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(text).containsPattern("(?m)^ *#?" + key + ":"));
    }

    @Test
    void what_is_commented_out_loads_too() throws IOException {
        var national = Files.readString(SAMPLE)
                .replace("format: +e164", "format: national")
                .replaceAll("(?m)^( *)#([a-z0-9_]+:)", "$1$2");

        var config = new ConfigFile(directory, national).config(Map.of("HEP_AUTH_KEY", "a-key"));

        assertThat(config.trunks().getFirst().numbers().format()).isEqualTo(new National("44", "0", "00"));
        assertThat(config.capture())
                .isEqualTo(new CaptureConfig(
                        Optional.of(new Hep("127.0.0.1", 9060, 1, "a-key", 0.1)),
                        Optional.of(new Pcap(Path.of("/var/lib/flashcall/pcap"), "loopback", 64 << 20, 8)),
                        20 << 20));
    }
}
