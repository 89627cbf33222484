package io.flashcall.engine.identity;

import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Keys in files, as an operator has them.
public final class StirFiles {

    public static final String X5U = "https://cert.example.org/passport.cer";
    public static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";

    private StirFiles() {}

    /// Writes a new key to a file; what is signed with it is of attestation A.
    public static StirConfig newKey(Path file) {
        try {
            Keys.write(file, Keys.pkcs8(Keys.p256()));
            return new StirConfig(Attestation.A, file, X5U, ORIGID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same key, and another certificate's address.
    public static StirConfig at(String x5u, StirConfig stir) {
        return new StirConfig(stir.attestation(), stir.privateKeyFile(), x5u, stir.origid());
    }
}
