package io.flashcall.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.SmppChannelConfig.AddressKind;
import io.flashcall.server.config.SmppChannelConfig.Coding;
import io.flashcall.server.config.SmppChannelConfig.Format;
import io.flashcall.server.config.SmppChannelConfig.Login;
import io.flashcall.server.config.SmppChannelConfig.Pace;
import io.flashcall.server.config.SmppChannelConfig.Radix;
import io.flashcall.server.config.SmppChannelConfig.Reconnect;
import io.flashcall.server.config.SmppChannelConfig.Server;
import io.flashcall.server.config.SmppChannelConfig.Split;
import io.flashcall.server.config.SmppChannelConfig.Timeouts;
import io.flashcall.server.config.SmppChannelConfig.Validity;
import io.flashcall.verification.Price;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SmppChannelReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_server_who_we_are_and_whom_messages_come_from_are_enough() {
        var channel = channel("type: smpp, host: smsc.example, system_id: us, password: '${PASSWORD}', source: Shop");

        assertThat(channel.server())
                .isEqualTo(
                        new Server("smsc.example", 2775, false, Optional.empty(), new Login("us", "kept-secret", "")));
        assertThat(channel.pace())
                .isEqualTo(new Pace(
                        10,
                        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30)),
                        new Reconnect(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(5)),
                        Duration.ofSeconds(5)));
        assertThat(channel.format().coding()).isEqualTo(Coding.AUTO);
        assertThat(channel.format().texts().message(Optional.of("fr"))).contains("{code}");
        assertThat(channel.price()).isEmpty();
    }

    @Test
    void everything_can_be_said() {
        var channel = channel("""
                type: smpp, host: 127.0.0.1, tls: true, system_id: us, password: p, system_type: VMA, source: "60123",
                source_ton: abbreviated, source_npi: private, destination_ton: national, destination_npi: internet,
                window: 50, bind_timeout: 1s, response_timeout: 2s, enquire_link: 3s, patience: 4s,
                reconnect: {min: 5s, max: 6s, down_after: 7s}, data_coding: latin1, long_messages: sar,
                validity: absolute, message_id_radix: hex, messages: {default: "{code}", de: "{code}!"},
                price: 0.045 EUR""");

        assertThat(channel.server().port()).isEqualTo(3550);
        assertThat(channel.server().tls()).isTrue();
        assertThat(channel.parties().source()).isEqualTo("60123");
        assertThat(channel.parties().sourceKind()).isEqualTo(new AddressKind(6, 9));
        assertThat(channel.parties().destinationKind()).isEqualTo(new AddressKind(2, 14));
        assertThat(channel.pace())
                .isEqualTo(new Pace(
                        50,
                        new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                        new Reconnect(Duration.ofSeconds(5), Duration.ofSeconds(6), Duration.ofSeconds(7)),
                        Duration.ofSeconds(4)));
        assertThat(channel.format())
                .isEqualTo(new Format(
                        Coding.LATIN1,
                        Split.SAR,
                        Validity.ABSOLUTE,
                        Radix.HEX,
                        channel.format().texts()));
        assertThat(channel.price()).contains(Price.parse("0.045 EUR"));
    }

    @ParameterizedTest
    @CsvSource({"Shop, Shop, 5, 0", "60123, 60123, 3, 0", "+442079460123, 442079460123, 1, 1", "2Go, 2Go, 5, 0"})
    void what_a_source_is_can_be_seen(String source, String written, int ton, int npi) {
        var parties = channel("type: smpp, host: h, system_id: us, password: p, source: '" + source + "'")
                .parties();

        assertThat(parties.source()).isEqualTo(written);
        assertThat(parties.sourceKind()).isEqualTo(new AddressKind(ton, npi));
    }

    @Test
    void every_problem_is_told_at_once_and_no_secret_with_them() {
        var complaint = new ServerFile(directory, file("""
                        type: smpp, host: "smsc:2775", system_id: "0123456789abcdef", password: "geheimé",
                        source: far too long a name, window: 0, trust: nowhere.pem, reconnect: {min: 2s, max: 1s},
                        data_coding: utf8, source_ton: odd, messages: "{cod}", wndow: 3""")).complaint();

        assertThat(complaint)
                .contains(
                        "channels.text.host: ",
                        "channels.text.system_id: *** (expected: 1 to 15 characters of ASCII)",
                        "channels.text.password: *** (expected: 0 to 64 characters of ASCII)",
                        "channels.text.source: ",
                        "channels.text.window: 0 (expected: 1 to 1000)",
                        "channels.text.trust: nowhere.pem (expected: only with tls: true)",
                        "channels.text.reconnect.max: 1s (expected: at least min, 2s)",
                        "channels.text.data_coding: utf8 (expected: auto, latin1 or ucs2)",
                        "channels.text.source_ton: odd (expected: unknown, international,",
                        "channels.text.messages: {cod} (expected: some of",
                        "channels.text.wndow: unknown key (did you mean window?)")
                .doesNotContain("0123456789abcdef", "geheim");
    }

    @Test
    void the_effective_configuration_shows_everything_but_who_we_are() {
        var config = ServerConfigReader.parse(
                file("type: smpp, host: smsc.example, system_id: us-and-them, password: '${PASSWORD}',"
                        + " source: '+442079460123', price: 0.045 EUR"),
                directory,
                Map.of("PASSWORD", "kept-secret"));

        assertThat(EffectiveServerConfig.text(config))
                .contains("text: {type: smpp, host: \"smsc.example\", port: 2775, tls: false, system_id: ***,")
                .contains("long_messages: udh, validity: relative, message_id_radix: as_is, messages: [default],")
                .contains("price: 0.045 EUR}")
                .doesNotContain("us-and-them", "kept-secret", "442079460123");
        assertThat(config.outgoing().channels().toString()).doesNotContain("us-and-them", "kept-secret");
    }

    private SmppChannelConfig channel(String keys) {
        var config = ServerConfigReader.parse(file(keys), directory, Map.of("PASSWORD", "kept-secret"));
        return (SmppChannelConfig) config.outgoing().channels().getFirst();
    }

    private static String file(String keys) {
        return ServerFile.ENGINE + "channels:\n  text: {" + keys.replace("\n", "\n    ") + "}\n";
    }
}
