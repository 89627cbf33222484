package io.flashcall.engine;

import java.util.Optional;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling    100rel, routes, further headers
/// @param callerHeaders what else an INVITE says of the caller
/// @param redirects     where 3xx responses may send a call; none: they end it
/// @param registration  as whom we register with the carrier; none where it knows us otherwise
/// @param stir          with what its calls are signed; empty for not at all
public record TrunkOptions(
        SignallingConfig signalling,
        CallerHeaders callerHeaders,
        Optional<RedirectPolicy> redirects,
        Optional<RegistrationConfig> registration,
        Optional<StirConfig> stir) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD = new TrunkOptions(
            SignallingConfig.STANDARD, CallerHeaders.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, callerHeaders, redirects, registration, stir);
    }

    /// The same, told this of the caller.
    public TrunkOptions withCallerHeaders(CallerHeaders other) {
        return new TrunkOptions(signalling, other, redirects, registration, stir);
    }

    /// The same, with redirections followed.
    public TrunkOptions withRedirects(RedirectPolicy policy) {
        return new TrunkOptions(signalling, callerHeaders, Optional.of(policy), registration, stir);
    }

    /// The same, and our user agents register.
    public TrunkOptions withRegistration(RegistrationConfig wanted) {
        return new TrunkOptions(signalling, callerHeaders, redirects, Optional.of(wanted), stir);
    }

    /// The same, with calls signed like this.
    public TrunkOptions withStir(StirConfig other) {
        return new TrunkOptions(signalling, callerHeaders, redirects, registration, Optional.of(other));
    }
}
