package io.flashcall.server.config;

import io.flashcall.engine.StirConfig;
import io.flashcall.engine.StirConfig.Attestation;
import java.util.List;
import java.util.Optional;

/// Reads `stir` of a trunk.
final class StirReader {

    private static final Kind<Attestation> ATTESTATION =
            Kind.oneOf(List.of("A", "B", "C")).map(Attestation::valueOf);

    private StirReader() {}

    static Optional<StirConfig> read(Section trunk) {
        return trunk.section("stir", section -> trunk.has("stir") ? stir(section) : Optional.empty());
    }

    private static Optional<StirConfig> stir(Section section) {
        var attestation = section.required("attestation", ATTESTATION);
        var key = section.requiredFile("private_key");
        var x5u = section.required("x5u", Kind.TEXT.expecting("an https URI on port 443 or 8443"));
        var origid = section.required("origid", Kind.TEXT.expecting("a UUID"));
        return attestation.flatMap(level -> key.flatMap(file -> x5u.flatMap(uri ->
                origid.flatMap(id -> section.build("stir.", () -> new StirConfig(level, file, uri, id))))));
    }
}
