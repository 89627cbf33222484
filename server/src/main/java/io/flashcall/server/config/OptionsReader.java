package io.flashcall.server.config;

import io.flashcall.engine.TrunkOptions;

/// Reads what only some trunks want.
final class OptionsReader {

    private OptionsReader() {}

    static TrunkOptions read(Section trunk) {
        return TrunkOptions.STANDARD
                .withSignalling(trunk.section("signalling", SignallingReader::read))
                .withRefusals(RefusalsReader.read(trunk));
    }
}
