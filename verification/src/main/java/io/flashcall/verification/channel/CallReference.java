package io.flashcall.verification.channel;

import io.flashcall.verification.SessionId;
import java.util.Optional;

/// How the engine's calls are named: session and attempt, as in `ver_01k…/2`.
///
/// @param attempt 1 or more
public record CallReference(SessionId session, int attempt) {

    /// Reads what [#toString] writes; empty when it is none of ours.
    public static Optional<CallReference> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0
                || !SessionId.isSessionId(text.substring(0, slash))
                || !text.substring(slash + 1).matches("\\d{1,4}")) {
            return Optional.empty();
        }
        return Optional.of(new CallReference(
                new SessionId(text.substring(0, slash)), Integer.parseInt(text, slash + 1, text.length(), 10)));
    }

    @Override
    public String toString() {
        return session + "/" + attempt;
    }
}
