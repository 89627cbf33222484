package io.flashcall.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.flashcall.engine.identity.IdentitySigner;
import io.flashcall.engine.identity.StirFiles;
import io.flashcall.engine.sip.Digits;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SignatureThreadTest {

    private static final long FROM = Digits.pack("12025550123");
    private static final long TO = Digits.pack("442079460123");
    private static final int MORE_THAN_IT_TAKES = 16_500;

    @TempDir
    private Path folder = Path.of("");

    private final LinkedBlockingQueue<Command.Signed> answers = new LinkedBlockingQueue<>();

    @Test
    void each_call_gets_a_signature_of_its_own_in_turn() throws InterruptedException {
        try (var thread = SignatureThread.start()) {
            var signatures = thread.answering(command -> answers.add((Command.Signed) command));
            signatures.ask(signer(), 1, FROM, TO);
            signatures.ask(signer(), 2, FROM, TO);
            var first = next();
            var second = next();
            assertThat(first.key()).isEqualTo(1);
            assertThat(second.key()).isEqualTo(2);
            assertThat(first.signature().isFresh(System.nanoTime())).isTrue();
            assertThat(second.signature().lines().length()).isPositive();
        }
    }

    /// It is kept busy with one call, whose loop takes its time.
    @Test
    void with_too_many_waiting_a_call_is_told_at_once_that_it_gets_none() throws InterruptedException {
        var busy = new CompletableFuture<Void>();
        var goOn = new CompletableFuture<Void>();
        try (var thread = SignatureThread.start()) {
            thread.answering(_ -> {
                        busy.complete(null);
                        goOn.join();
                    })
                    .ask(signer(), 1, FROM, TO);
            busy.join();
            var signatures = thread.answering(command -> answers.add((Command.Signed) command));
            var signer = signer();
            for (int i = 0; i < MORE_THAN_IT_TAKES; i++) {
                signatures.ask(signer, i, FROM, TO);
            }
            assertThat(next().signature()).isSameAs(CallSignature.NONE);
            goOn.complete(null);
        }
    }

    @Test
    void a_signature_is_as_old_as_its_iat_says_and_no_younger() {
        long now = 0;
        var made = CallSignature.make(signer(), FROM, TO, now);
        long tenSeconds = 10_000_000_000L;
        assertThat(made.iatAt()).isBetween(now - 1_000_000_000L, now);
        assertThat(made.isFresh(made.iatAt() + tenSeconds - 1)).isTrue();
        assertThat(made.isFresh(made.iatAt() + tenSeconds)).isFalse();
        assertThat(CallSignature.NONE.isFresh(now)).isFalse();
    }

    private IdentitySigner signer() {
        return new IdentitySigner(StirFiles.newKey(folder.resolve("key.pem")));
    }

    private Command.Signed next() throws InterruptedException {
        return AgentFixture.required(answers.poll(20, TimeUnit.SECONDS));
    }
}
