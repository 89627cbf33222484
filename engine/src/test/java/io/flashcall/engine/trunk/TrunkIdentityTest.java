package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flashcall.engine.E164;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.StirFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TrunkIdentityTest {

    private static final long MINUTE = 60_000_000_000L;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_trunk_without_a_key_signs_nothing() throws IOException {
        var identity = new TrunkIdentity("carrier", Optional.empty());
        identity.reload();
        assertThat(identity.signer()).isNull();
    }

    @Test
    void the_key_is_read_again_and_whoever_has_the_old_one_keeps_it() throws IOException {
        var identity = new TrunkIdentity("carrier", Optional.of(StirFiles.newKey(folder.resolve("key.pem"))));
        identity.reload();
        var old = signer(identity);
        StirFiles.newKey(folder.resolve("key.pem"));
        identity.reload();
        assertThat(signer(identity)).isNotSameAs(old);
        assertThat(sign(old)).isNotBlank();
    }

    @Test
    void a_certificate_elsewhere_is_named_from_then_on_and_read_anew_with_its_own_key() throws IOException {
        var stir = StirFiles.newKey(folder.resolve("key.pem"));
        var identity = new TrunkIdentity("carrier", Optional.of(stir));
        identity.reload();
        identity.replace(Optional.of(StirFiles.at("https://cert.example.org/next.cer", stir)));
        identity.reload();
        assertThat(sign(signer(identity))).contains(";info=<https://cert.example.org/next.cer>;");
        identity.replace(Optional.empty());
        assertThat(identity.signer()).isNull();
    }

    @Test
    void a_file_that_cannot_be_used_is_named_and_changes_nothing() throws IOException {
        var file = folder.resolve("key.pem");
        var identity = new TrunkIdentity("carrier", Optional.of(StirFiles.newKey(file)));
        identity.reload();
        var inUse = signer(identity);
        Files.writeString(file, "no key");
        assertThatThrownBy(identity::reload)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("trunk carrier: stir.private_key: " + file + ": no private key in it")
                .hasMessageContaining("(expected: a PEM file with an unencrypted P-256 private key");
        assertThat(identity.signer()).isSameAs(inUse);
    }

    @Test
    void a_refusal_is_told_to_the_operator_once_a_minute_with_the_trunk_and_what_it_may_be() throws IOException {
        var identity = new TrunkIdentity("carrier", Optional.of(StirFiles.newKey(folder.resolve("key.pem"))));
        var logger = (Logger) LoggerFactory.getLogger(TrunkIdentity.class);
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        logger.addAppender(said);
        try {
            identity.onRefused(436, 0);
            identity.onRefused(438, 1);
            identity.onRefused(437, MINUTE - 1);
            identity.onRefused(438, MINUTE);
        } finally {
            logger.detachAppender(said);
        }
        List<String> lines =
                said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("trunk carrier: the carrier refuses calls for their identity: 436, it cannot fetch the"
                        + " certificate, x5u " + StirFiles.X5U + " (1 since this was said last)");
        assertThat(lines.get(1)).contains("438, the signature does not fit").endsWith("(3 since this was said last)");
    }

    private static IdentitySigner signer(TrunkIdentity identity) {
        return Objects.requireNonNull(identity.signer());
    }

    private static String sign(IdentitySigner signer) {
        return signer.sign(new E164("12155550121"), new E164("442079460123"), Instant.EPOCH)
                .identity();
    }
}
