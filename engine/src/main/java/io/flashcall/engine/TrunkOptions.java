package io.flashcall.engine;

import java.util.Optional;

/// What only some trunks want. Begin with [#STANDARD] and say what differs.
///
/// @param signalling    100rel, routes, further headers
/// @param callerHeaders what else an INVITE says of the caller
/// @param redirects     where 3xx responses may send a call; none: they end it
public record TrunkOptions(
        SignallingConfig signalling, CallerHeaders callerHeaders, Optional<RedirectPolicy> redirects) {

    /// A trunk as most are.
    public static final TrunkOptions STANDARD =
            new TrunkOptions(SignallingConfig.STANDARD, CallerHeaders.NONE, Optional.empty());

    /// The same, spoken to like this.
    public TrunkOptions withSignalling(SignallingConfig other) {
        return new TrunkOptions(other, callerHeaders, redirects);
    }

    /// The same, told this of the caller.
    public TrunkOptions withCallerHeaders(CallerHeaders other) {
        return new TrunkOptions(signalling, other, redirects);
    }

    /// The same, with redirections followed.
    public TrunkOptions withRedirects(RedirectPolicy policy) {
        return new TrunkOptions(signalling, callerHeaders, Optional.of(policy));
    }
}
