package io.flashcall.engine;

import java.util.Optional;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling      100rel, routes, further headers
/// @param refusals        what it means by its refusals
/// @param callerHeaders   what else an INVITE says of the caller
/// @param redirects       where 3xx responses may send a call; none: they end it
/// @param registration    as whom we register with the carrier; none where it knows us otherwise
/// @param stir            with what its calls are signed; empty for not at all
/// @param overloadControl whether requests say in Via that we heed overload control (RFC 7339), and it is heeded
/// @param guards          when to stop feeding the trunk before its contract's limits are reached
public record TrunkOptions(
        SignallingConfig signalling,
        RefusalRules refusals,
        CallerHeaders callerHeaders,
        Optional<RedirectPolicy> redirects,
        Optional<RegistrationConfig> registration,
        Optional<StirConfig> stir,
        boolean overloadControl,
        GuardPolicy guards) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(
            SignallingConfig.STANDARD,
            RefusalRules.STANDARD,
            CallerHeaders.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            GuardPolicy.OFF);

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, refusals, callerHeaders, redirects, registration, stir, overloadControl, guards);
    }

    /// The same, whose refusals mean this.
    public TrunkOptions withRefusals(RefusalRules other) {
        return new TrunkOptions(
                signalling, other, callerHeaders, redirects, registration, stir, overloadControl, guards);
    }

    /// The same, told this of the caller.
    public TrunkOptions withCallerHeaders(CallerHeaders other) {
        return new TrunkOptions(signalling, refusals, other, redirects, registration, stir, overloadControl, guards);
    }

    /// The same, with redirections followed.
    public TrunkOptions withRedirects(RedirectPolicy policy) {
        return new TrunkOptions(
                signalling, refusals, callerHeaders, Optional.of(policy), registration, stir, overloadControl, guards);
    }

    /// The same, and our user agents register.
    public TrunkOptions withRegistration(RegistrationConfig wanted) {
        return new TrunkOptions(
                signalling, refusals, callerHeaders, redirects, Optional.of(wanted), stir, overloadControl, guards);
    }

    /// The same, with calls signed like this.
    public TrunkOptions withStir(StirConfig other) {
        return new TrunkOptions(
                signalling,
                refusals,
                callerHeaders,
                redirects,
                registration,
                Optional.of(other),
                overloadControl,
                guards);
    }

    /// The same, with overload control or without.
    public TrunkOptions withOverloadControl(boolean heeded) {
        return new TrunkOptions(signalling, refusals, callerHeaders, redirects, registration, stir, heeded, guards);
    }

    /// The same, guarded like this.
    public TrunkOptions withGuards(GuardPolicy other) {
        return new TrunkOptions(
                signalling, refusals, callerHeaders, redirects, registration, stir, overloadControl, other);
    }
}
