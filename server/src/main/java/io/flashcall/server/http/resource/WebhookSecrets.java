package io.flashcall.server.http.resource;

import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Endpoints.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Keeps the secrets that sign webhooks. Thread-safe.
public final class WebhookSecrets {

    /// How long a secret still signs after it was replaced.
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final int ID_BYTES = 10;
    private static final int MOST = 5;

    private final Vault vault;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public WebhookSecrets(Vault vault, InstantSource clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /// A new endpoint's id, `we_…`.
    String id() {
        return "we_" + HexFormat.of().formatHex(bytes(ID_BYTES));
    }

    Secret seal(String endpoint, String secret) {
        return new Secret(vault.seal(secret, endpoint), Optional.empty());
    }

    /// The endpoint's secrets with a new one first; those before it sign for a while yet.
    List<Secret> rotated(Endpoint endpoint, String secret) {
        var now = clock.instant();
        var all = new ArrayList<Secret>();
        all.add(seal(endpoint.id(), secret));
        for (var old : endpoint.secrets()) {
            var expiry = old.expiresAt().orElse(now.plus(OVERLAP));
            if (expiry.isAfter(now) && all.size() < MOST) {
                all.add(new Secret(old.sealed(), Optional.of(expiry)));
            }
        }
        return all;
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
