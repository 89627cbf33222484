package io.flashcall.engine;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling 100rel, routes, further headers
/// @param refusals   what it means by its refusals
public record TrunkOptions(SignallingConfig signalling, RefusalRules refusals) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(SignallingConfig.STANDARD, RefusalRules.STANDARD);

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, refusals);
    }

    /// The same, whose refusals mean this.
    public TrunkOptions withRefusals(RefusalRules other) {
        return new TrunkOptions(signalling, other);
    }
}
