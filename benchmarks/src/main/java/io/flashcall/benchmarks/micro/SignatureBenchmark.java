package io.flashcall.benchmarks.micro;

import io.flashcall.engine.E164;
import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import io.flashcall.engine.identity.IdentitySigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Signing the caller id of an INVITE (RFC 8588), which the placing thread does, not the loop.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {

    private final IdentitySigner signer = signer();
    private final E164 from = E164.parse("+12025550123");
    private final E164 to = E164.parse("+442079460123");

    public SignatureBenchmark() {}

    private static IdentitySigner signer() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return signer(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no key", e);
        }
    }

    private static IdentitySigner signer(byte[] key) throws IOException {
        var file = Files.createTempFile("flashcall-bench-", ".pem");
        try {
            String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key);
            Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
            return new IdentitySigner(new StirConfig(
                    Attestation.A, file, "https://cert.example/a.pem", "123e4567-e89b-12d3-a456-426614174000"));
        } finally {
            Files.delete(file);
        }
    }

    @Benchmark
    public Object sign() {
        return signer.sign(from, to, Instant.EPOCH);
    }
}
