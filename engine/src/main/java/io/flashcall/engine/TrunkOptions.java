package io.flashcall.engine;

import java.util.Optional;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling   100rel, routes, further headers
/// @param registration as whom we register with the carrier; none where it knows us otherwise
/// @param stir         with what its calls are signed; empty for not at all
public record TrunkOptions(
        SignallingConfig signalling, Optional<RegistrationConfig> registration, Optional<StirConfig> stir) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD =
            new TrunkOptions(SignallingConfig.STANDARD, Optional.empty(), Optional.empty());

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, registration, stir);
    }

    /// The same, and our user agents register.
    public TrunkOptions withRegistration(RegistrationConfig wanted) {
        return new TrunkOptions(signalling, Optional.of(wanted), stir);
    }

    /// The same, with calls signed like this.
    public TrunkOptions withStir(StirConfig other) {
        return new TrunkOptions(signalling, registration, Optional.of(other));
    }
}
