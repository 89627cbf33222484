package io.flashcall.verification.store;

import io.flashcall.verification.AppId;
import io.flashcall.verification.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where an app wants to be told of events.
public interface Endpoints {

    Optional<Endpoint> find(String id);

    /// @param app whose; empty: all
    List<Endpoint> list(Optional<AppId> app);

    /// Adds or replaces.
    void save(Endpoint endpoint);

    /// Deletes it and what was still to be delivered to it.
    ///
    /// @return whether there was one
    boolean delete(String id);

    /// @param id       `we_…`
    /// @param types    which events; empty: all that webhooks are told of
    /// @param secrets  newest first; every one that has not expired signs
    /// @param disabled why nothing is sent to it; empty: it is enabled
    record Endpoint(
            String id, AppId app, String url, Set<EventType> types, List<Secret> secrets, Optional<String> disabled) {

        public Endpoint {
            types = Set.copyOf(types);
            secrets = List.copyOf(secrets);
        }

        public boolean isEnabled() {
            return disabled.isEmpty();
        }
    }

    /// @param sealed    `whsec_…`, sealed with the endpoint's id as its context
    /// @param expiresAt when it stops signing; empty: not before it is rotated
    record Secret(String sealed, Optional<Instant> expiresAt) {}
}
