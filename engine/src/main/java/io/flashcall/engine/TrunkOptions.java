package io.flashcall.engine;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling      100rel, routes, further headers
/// @param overloadControl whether requests say in Via that we heed overload control (RFC 7339), and it is heeded
/// @param guards          when to stop feeding the trunk before its contract's limits are reached
public record TrunkOptions(SignallingConfig signalling, boolean overloadControl, GuardPolicy guards) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(SignallingConfig.STANDARD, false, GuardPolicy.OFF);

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, overloadControl, guards);
    }

    /// The same, with overload control or without.
    public TrunkOptions withOverloadControl(boolean heeded) {
        return new TrunkOptions(signalling, heeded, guards);
    }

    /// The same, guarded like this.
    public TrunkOptions withGuards(GuardPolicy other) {
        return new TrunkOptions(signalling, overloadControl, other);
    }
}
