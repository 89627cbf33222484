package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// API keys; only their hashes.
public interface ApiKeys {

    void add(ApiKey key);

    Optional<ApiKey> find(String id);

    /// @param app whose; empty: all
    List<ApiKey> list(Optional<AppId> app);

    /// @return whether there was such a key that was not revoked
    boolean revoke(String id, Instant now);

    /// What a key may do.
    enum Scope {
        /// Stands in apps and pages: starts, and touches only sessions whose client secret it shows.
        PUBLISHABLE,
        /// The app's own back end.
        SERVER,
        /// Configures.
        ADMIN
    }

    /// @param id     public part of the key
    /// @param app    empty for admin keys
    /// @param hash   of the whole key, see [io.flashcall.verification.Vault#hash]
    /// @param name   what it is for
    record ApiKey(String id, Scope scope, Optional<AppId> app, String hash, String name, Validity validity) {}

    /// A new key, valid from now on.
    static ApiKey made(KeyText text, Optional<AppId> app, String name, Instant now) {
        return new ApiKey(text.id(), text.scope(), app, text.hash(), name, new Validity(now, Optional.empty()));
    }

    record Validity(Instant createdAt, Optional<Instant> revokedAt) {}
}
