package io.flashcall.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.server.config.Addresses;
import io.flashcall.server.config.ServerConfigReader;
import io.flashcall.server.config.StoreConfig;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxConfigTest {

    private static final Path FOLDER = Path.of("/tmp/of a test");

    @Test
    void a_persons_sandbox_can_be_read_and_has_messages_besides_calls() {
        var config = new SandboxConfig(
                FOLDER,
                Addresses.parse("127.0.0.1:8080", 0),
                Addresses.parse("127.0.0.1:5070", 0),
                Optional.of(new SandboxConfig.Inboxes(
                        URI.create("http://127.0.0.1:8081/inbox"),
                        "0123456789abcdefghijklmn",
                        Addresses.parse("127.0.0.1:2525", 0))),
                SandboxConfig.Pace.PERSON);
        var read = ServerConfigReader.parse(config.text(), FOLDER, Map.of());
        assertThat(read.storage().store()).isEqualTo(new StoreConfig.File(FOLDER.resolve("flashcall.db")));
        assertThat(read.declared().apps().getFirst().policy().channels())
                .extracting(PlannedChannel::name)
                .containsExactly(ChannelName.FLASH_CALL, new ChannelName("sms"), new ChannelName("email"));
    }

    @Test
    void a_loads_sandbox_can_be_read_and_lets_a_thousand_calls_a_second_through() {
        var config = new SandboxConfig(
                FOLDER,
                Addresses.parse("127.0.0.1:0", 0),
                Addresses.parse("127.0.0.1:5070", 0),
                Optional.empty(),
                SandboxConfig.Pace.LOAD);
        var read = ServerConfigReader.parse(config.text(), FOLDER, Map.of());
        assertThat(read.engine().trunks().getFirst().calls().callsPerSecond()).isGreaterThan(1_000);
        assertThat(read.outgoing().channels()).isEmpty();
    }
}
