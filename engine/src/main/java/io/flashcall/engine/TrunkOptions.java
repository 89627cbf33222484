package io.flashcall.engine;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling 100rel, routes, further headers
public record TrunkOptions(SignallingConfig signalling) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(SignallingConfig.STANDARD);

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other);
    }
}
