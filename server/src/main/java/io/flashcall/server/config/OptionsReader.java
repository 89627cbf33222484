package io.flashcall.server.config;

import io.flashcall.engine.TrunkOptions;

/// Reads what only some trunks want.
final class OptionsReader {

    private OptionsReader() {}

    static TrunkOptions read(Section trunk) {
        var options = TrunkOptions.STANDARD
                .withSignalling(trunk.section("signalling", SignallingReader::read))
                .withCallerHeaders(trunk.section("caller_headers", CallerHeadersReader::read));
        return RedirectsReader.read(trunk).map(options::withRedirects).orElse(options);
    }
}
