package io.flashcall.server.config;

import io.flashcall.engine.TrunkOptions;

/// Reads what only some trunks want.
final class OptionsReader {

    private OptionsReader() {}

    static TrunkOptions read(Section trunk) {
        var options = TrunkOptions.STANDARD
                .withSignalling(trunk.section("signalling", SignallingReader::read))
                .withRefusals(RefusalsReader.read(trunk))
                .withCallerHeaders(trunk.section("caller_headers", CallerHeadersReader::read))
                .withOverloadControl(trunk.value("overload_control", Kind.FLAG, false))
                .withGuards(trunk.section("guards", GuardReader::read));
        options = RedirectsReader.read(trunk).map(options::withRedirects).orElse(options);
        var registration = trunk.section("registration", section -> RegistrationReader.read(trunk, section));
        options = registration.map(options::withRegistration).orElse(options);
        return StirReader.read(trunk).map(options::withStir).orElse(options);
    }
}
