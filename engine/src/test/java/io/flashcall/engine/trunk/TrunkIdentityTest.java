package io.flashcall.engine.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flashcall.engine.E164;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.StirFiles;
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
    void a_trunk_without_a_key_signs_nothing() {
        var identity = new TrunkIdentity("carrier");
        identity.use(Optional.empty());
        assertThat(identity.signer()).isNull();
    }

    @Test
    void another_key_signs_from_then_on_and_whoever_has_the_old_one_keeps_it() {
        var identity = signing(newKey("key.pem"));
        var old = signer(identity);
        identity.use(
                Optional.of(new IdentitySigner(StirFiles.at("https://cert.example.org/next.cer", newKey("next.pem")))));
        assertThat(sign(signer(identity))).contains(";info=<https://cert.example.org/next.cer>;");
        assertThat(sign(old)).contains(";info=<" + StirFiles.X5U + ">;");
        identity.use(Optional.empty());
        assertThat(identity.signer()).isNull();
    }

    @Test
    void a_refusal_is_told_to_the_operator_once_a_minute_with_the_trunk_and_what_it_may_be() {
        var identity = signing(newKey("key.pem"));
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

    private StirConfig newKey(String name) {
        return StirFiles.newKey(folder.resolve(name));
    }

    private static TrunkIdentity signing(StirConfig stir) {
        var identity = new TrunkIdentity("carrier");
        identity.use(Optional.of(new IdentitySigner(stir)));
        return identity;
    }

    private static IdentitySigner signer(TrunkIdentity identity) {
        return Objects.requireNonNull(identity.signer());
    }

    private static String sign(IdentitySigner signer) {
        return signer.sign(new E164("12155550121"), new E164("442079460123"), Instant.EPOCH)
                .identity();
    }
}
