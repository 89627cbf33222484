package io.flashcall.engine;

/// One carrier to send calls to. An instance that exists is valid.
///
/// @param name      1 to 32 of `a-z 0-9 - _`
/// @param peer      where it is, whom of it to listen to, credentials
/// @param callerIds the numbers that may be shown
/// @param numbers   how numbers and caller ids are written
/// @param calls     ring policy, times, pace and channels
public record TrunkConfig(String name, PeerConfig peer, CallerIds callerIds, NumberPolicy numbers, CallPolicy calls) {

    public TrunkConfig {
        new Problems("trunks." + name)
                .check(name.matches("[a-z0-9_-]{1,32}"), "name", name, "1 to 32 of a-z 0-9 - _")
                .throwIfAny();
    }
}
