package io.flashcall.engine;

import java.util.HashSet;
import java.util.List;

/// One carrier to send calls to. An instance that exists is valid.
///
/// @param name      1 to 32 of `a-z 0-9 - _`
/// @param peer      where it is, whom of it to listen to, credentials
/// @param callerIds the numbers that may be shown
/// @param numbers   how numbers and caller ids are written
/// @param calls     ring policy, times, pace and channels
/// @param options   what only some trunks want
public record TrunkConfig(
        String name,
        PeerConfig peer,
        CallerIds callerIds,
        NumberPolicy numbers,
        CallPolicy calls,
        TrunkOptions options) {

    public TrunkConfig {
        var written = new HashSet<>(numbers.names());
        written.addAll(options.callerHeaders().names());
        var twice = options.signalling().headerNames().stream()
                .filter(written::contains)
                .toList();
        var strangers = options.redirects().map(RedirectPolicy::hosts).orElse(List.of());
        new Problems("trunks." + name)
                .check(name.matches("[a-z0-9_-]{1,32}"), "name", name, "1 to 32 of a-z 0-9 - _")
                .check(
                        twice.isEmpty(),
                        "signalling.headers",
                        twice,
                        "no header that numbers or caller_headers write already")
                .check(
                        strangers.isEmpty() || peer.transports().contains(SipTransport.UDP),
                        "redirects.hosts",
                        strangers,
                        "none, since they are reached by UDP alone, which this trunk's transports leave out")
                .throwIfAny();
    }

    /// A trunk without further wishes.
    public TrunkConfig(String name, PeerConfig peer, CallerIds callerIds, NumberPolicy numbers, CallPolicy calls) {
        this(name, peer, callerIds, numbers, calls, TrunkOptions.STANDARD);
    }

    /// The same trunk with other wishes.
    public TrunkConfig withOptions(TrunkOptions other) {
        return new TrunkConfig(name, peer, callerIds, numbers, calls, other);
    }

    /// The same trunk with other times, pace and channels.
    public TrunkConfig withCalls(CallPolicy other) {
        return new TrunkConfig(name, peer, callerIds, numbers, other, options);
    }
}
