package io.flashcall.engine.agent;

import io.flashcall.engine.identity.IdentitySigner;

/// Has signatures made elsewhere than on the loop.
@FunctionalInterface
interface Signatures {

    /// Where nobody signs.
    Signatures NONE = (signer, call, from, to) -> {
        throw new IllegalStateException("nobody signs for this user agent");
    };

    /// Asks for one, and never waits. A [Command.Signed] will follow, also when there is too much to sign.
    ///
    /// @param call key of the call
    /// @param from packed digits of the caller id
    /// @param to   packed digits of the called number
    void ask(IdentitySigner signer, long call, long from, long to);
}
