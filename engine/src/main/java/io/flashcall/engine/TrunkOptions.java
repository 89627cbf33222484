package io.flashcall.engine;

/// What only some trunks want.
///
/// @param signalling 100rel, routes, further headers
public record TrunkOptions(SignallingConfig signalling) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(SignallingConfig.STANDARD);
}
