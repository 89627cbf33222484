package io.flashcall.server.webhook;

import io.flashcall.verification.Vault;
import io.flashcall.verification.store.Endpoints.Endpoint;
import io.flashcall.verification.store.Endpoints.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens the secrets of endpoints and remembers what they opened to: each delivery needs them. Thread-safe.
final class SigningSecrets {

    /// More than anybody uses at once; old ones leave all together.
    private static final int MOST = 10_000;

    private final Vault vault;
    private final Map<Key, StandardWebhooks> signers = new ConcurrentHashMap<>();

    SigningSecrets(Vault vault) {
        this.vault = vault;
    }

    /// Signs with every secret of the endpoint that has not expired.
    ///
    /// @throws IllegalStateException    when there is none, or another master key sealed it
    /// @throws IllegalArgumentException when a secret is none
    StandardWebhooks signer(Endpoint endpoint, Instant now) {
        var sealed = endpoint.secrets().stream()
                .filter(secret -> secret.expiresAt().map(now::isBefore).orElse(true))
                .map(Secret::sealed)
                .toList();
        if (sealed.isEmpty()) {
            throw new IllegalStateException("no secret that has not expired");
        }
        if (signers.size() >= MOST) {
            signers.clear();
        }
        return signers.computeIfAbsent(new Key(endpoint.id(), sealed), this::open);
    }

    private StandardWebhooks open(Key key) {
        return new StandardWebhooks(key.sealed.stream()
                .map(secret -> vault.open(secret, key.endpoint))
                .toList());
    }

    private record Key(String endpoint, List<String> sealed) {}
}
