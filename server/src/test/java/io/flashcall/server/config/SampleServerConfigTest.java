package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.ServerConfig.Http;
import io.flashcall.server.config.ServerConfig.Storage;
import io.flashcall.server.config.ServerConfig.Webhooks;
import io.flashcall.verification.App;
import io.flashcall.verification.Policy;
import io.flashcall.verification.guard.Limits;
import io.flashcall.verification.number.Strength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `conf/server.yaml` is what operators copy: it loads, and what it says is true.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleServerConfigTest {

    private static final Path SAMPLE = Path.of("../conf/server.yaml");
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("SMS_TOKEN", "secret-token"),
            Map.entry("SMS_RECEIPT_KEY", "secret-key"),
            Map.entry("SMS_RECEIPT_PATH", "0123456789abcdefghijklmn"),
            Map.entry("SMS_CHALLENGE", "secret-word"),
            Map.entry("VIBER_PASSWORD", "secret-password"),
            Map.entry("META_TOKEN", "secret-token"),
            Map.entry("META_APP_SECRET", "secret-key"),
            Map.entry("META_VERIFY_TOKEN", "secret-word"),
            Map.entry("SMPP_PASSWORD", "smpp-password"),
            Map.entry("SMTP_PASSWORD", "secret-password"),
            Map.entry("AUTHORIZATION_SECRET", SECRET),
            Map.entry("WEBHOOK_SECRET", SECRET),
            Map.entry("FLASHCALL_DB_PASSWORD", "secret-pass"));

    @Test
    void it_loads_as_it_stands_and_its_values_are_the_defaults() {
        var config = ServerConfigReader.read(SAMPLE, Map.of());

        assertThat(config.http()).isEqualTo(Http.DEFAULT);
        assertThat(config.storage()).isEqualTo(Storage.DEFAULT);
        assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(config.engine()).isEqualTo(EngineConfigReader.read(Path.of("../conf/engine.yaml")));
        assertThat(config.outgoing().webhooks()).isEqualTo(Webhooks.DEFAULT);
        var app = config.declared().apps().getFirst();
        assertThat(app.title()).isEqualTo("Demo");
        assertThat(app.policy()).isEqualTo(Policy.DEFAULT);
        assertThat(app.access()).isEqualTo(App.Access.DEFAULT);
        assertThat(app.guard()).isEqualTo(App.RiskGuard.DEFAULT);
    }

    @Test
    void its_pool_keeps_the_ceiling_and_the_size_it_names_is_right() throws IOException {
        var policy = Policy.DEFAULT;
        int needed = Strength.needed(
                policy.checks().usual(), policy.sends().usual(), App.RiskGuard.DEFAULT.mostGuessChance());

        assertThat(Files.readString(SAMPLE)).contains("3 checks and 3 sends it takes " + needed);
        assertThat(needed).isLessThanOrEqualTo(1000);
    }

    @Test
    void what_is_commented_out_loads_too() throws IOException {
        var config = ServerConfigReader.parse(uncommented(), Path.of("src/test/resources/conf"), VARIABLES);

        assertThat(config.outgoing().channels()).hasSize(5);
        assertThat(config.outgoing().channels().getFirst())
                .isInstanceOfSatisfying(
                        HttpChannelConfig.class,
                        sms -> assertThat(sms.request().headers())
                                .containsExactly(Map.entry("Authorization", "Bearer secret-token")));
        assertThat(config.outgoing().webhooks().endpoints()).hasSize(1);
        assertThat(config.declared().apps().getFirst().access().authorization()).isPresent();
        assertThat(EffectiveServerConfig.text(config))
                .contains("sms: {method: POST, url: \"https://sms.example/***\"", "Authorization: ***")
                .contains(
                        "text: {type: smpp, host: \"smsc.example\", port: 2775, tls: false, system_id: ***, password: ***,")
                .contains("email: {type: email, host: \"smtp.shop.example\", port: 587, security: starttls, user: ***,")
                .doesNotContain("secret-token", "secret-pass", "smpp-password", "secret-password", SECRET);
    }

    @Test
    void every_default_that_a_comment_names_is_the_value_below_it() throws IOException {
        var defaults = Pattern.compile("Default ([^\\n]+?)\\.\\n(?:\\s*# .*\\n|\\s*#\\n|\\n)*\\s*#?([a-z_]+): (.+)")
                .matcher(Files.readString(SAMPLE));

        int found = 0;
        while (defaults.find()) {
            assertThat(defaults.group(3)).as(defaults.group(2)).isEqualTo(defaults.group(1));
            found++;
        }
        assertThat(found).as("keys with a default").isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "store",
                "limits",
                "limits.quarantine",
                "pools.uk-drama",
                "channels.sms",
                "channels.sms.success",
                "channels.text",
                "channels.text.reconnect",
                "channels.sms.receipts",
                "channels.sms.receipts.signature",
                "channels.viber",
                "channels.whatsapp",
                "channels.flash_call",
                "channels.email",
                "apps.demo",
                "apps.demo.authorization",
                "apps.demo.budget",
                "prices",
                "webhooks"
            })
    void every_key_that_the_reader_knows_stands_in_it(String section) throws IOException {
        var text = uncommented();
        var name = section.substring(section.lastIndexOf('.') + 1);
        var unknown = name.isEmpty()
                ? text + "qqqqqqqq: 1\n"
                : text.replaceFirst("(?m)^( *)" + name + ":$", "$0\n$1  qqqqqqqq: 1");

        var complaint = complaint(unknown);

        var known = Pattern.compile("qqqqqqqq: unknown key \\(expected: one of (.+)\\)")
                .matcher(complaint);
        assertThat(known.find()).as(complaint).isTrue();
        assertThat(Arrays.asList(known.group(1).split(", ")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(text).containsPattern("(?m)^ *(?:- |#)?" + key + ":"));
    }

    private static String complaint(String text) {
        try {
            ServerConfigReader.parse(text, Path.of("src/test/resources/conf"), VARIABLES);
            return "";
        } catch (ConfigFileException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String uncommented() throws IOException {
        return Files.readString(SAMPLE)
                .replace("..+442079460999", "..+442079460499")
                .replace("channels: {}", "channels:")
                .replace("  sheets: []\n", "")
                .replace("sheets: [prices.csv]", "sheets: [../../../../../conf/prices.csv]")
                .replace("endpoints: []", "endpoints:")
                .replace("engine: engine.yaml", "engine: ../../../../../conf/engine.yaml")
                .replaceAll("(?m)^( *)#(?=[A-Za-z-])", "$1")
                // Either a file, or a server.
                .replace("  path: ./data", "  #path: ./data");
    }
}
