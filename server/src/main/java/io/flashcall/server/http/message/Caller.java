package io.flashcall.server.http.message;

import io.flashcall.verification.AppId;
import java.util.Optional;

/// Who asks, as the API key says.
public sealed interface Caller {

    /// No key was needed, or none is known yet.
    record Anonymous() implements Caller {}

    /// A page or an app in the user's hands.
    ///
    /// @param clientSecret as the request shows it; unproven
    record Publishable(String keyId, AppId app, Optional<String> clientSecret) implements Caller {

        @Override
        public String toString() {
            return "Publishable[" + keyId + ", " + app + "]";
        }
    }

    /// The app's own back end.
    record Server(String keyId, AppId app) implements Caller {}

    /// Whoever configures.
    record Admin(String keyId) implements Caller {}

    /// Public part of the key; empty without one.
    default String key() {
        return switch (this) {
            case Anonymous() -> "";
            case Publishable publishable -> publishable.keyId();
            case Server server -> server.keyId();
            case Admin(var keyId) -> keyId;
        };
    }

    /// The app that the key belongs to.
    default Optional<AppId> ownApp() {
        return switch (this) {
            case Anonymous(), Admin _ -> Optional.empty();
            case Publishable publishable -> Optional.of(publishable.app());
            case Server server -> Optional.of(server.app());
        };
    }
}
