package io.flashcall.server.config;

import io.flashcall.engine.RegistrationConfig;
import java.util.Optional;

/// Reads `registration` of a trunk.
final class RegistrationReader {

    private RegistrationReader() {}

    /// @param trunk   the trunk's entry
    /// @param section what stands below `registration`
    static Optional<RegistrationConfig> read(Section trunk, Section section) {
        if (!trunk.has("registration")) {
            return Optional.empty();
        }
        var user = section.required("user", Kind.TEXT);
        var registrar = section.optional("registrar", Kind.TEXT);
        var expires = section.value("expires", Kind.DURATION, RegistrationConfig.USUAL_EXPIRES);
        return user.flatMap(
                name -> section.build("registration.", () -> new RegistrationConfig(name, registrar, expires)));
    }
}
