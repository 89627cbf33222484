package io.flashcall.server.http.access;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.verification.Session;
import io.flashcall.verification.SessionId;
import io.flashcall.verification.Vault;
import io.flashcall.verification.Verifications;
import java.util.Optional;

/// Which sessions a caller may touch: a server key those of its app, a publishable key the one whose client secret it
/// shows, an admin key all. Refusals look the same whether there is no such session, it is another app's, or the secret
/// is wrong. Thread-safe.
public final class SessionAccess {

    private static final String NO_HASH = Vault.hash("");

    private final Verifications verifications;

    public SessionAccess(Verifications verifications) {
        this.verifications = verifications;
    }

    /// The session that `{id}` of the path names.
    ///
    /// @throws ProblemException when there is none for this caller
    public Session session(Call call) {
        var id = call.parameter("id");
        var found = SessionId.isSessionId(id) ? verifications.find(new SessionId(id)) : Optional.<Session>empty();
        if (!allows(call.caller(), found)) {
            throw missing(call.caller());
        }
        return found.orElseThrow(() -> missing(call.caller()));
    }

    /// What to say of a session that this caller cannot see.
    public static ProblemException missing(Caller caller) {
        return switch (caller) {
            case Caller.Publishable _, Caller.Anonymous _ ->
                Problem.NOT_FOUND.with("There is no such verification for this key and client secret. Send the header"
                        + " “Flashcall-Client-Secret” with the client_secret that its start returned.");
            case Caller.Server _ -> Problem.NOT_FOUND.with("There is no such verification of this app.");
            case Caller.Admin _ -> Problem.NOT_FOUND.with("There is no such verification.");
        };
    }

    private static boolean allows(Caller caller, Optional<Session> session) {
        return switch (caller) {
            case Caller.Publishable publishable -> {
                var secret = publishable.clientSecret();
                var kept = session.flatMap(found -> found.opening().claims().clientSecretHash());
                boolean same = Vault.same(Vault.hash(secret.orElse("")), kept.orElse(NO_HASH));
                yield same
                        && secret.isPresent()
                        && kept.isPresent()
                        && isOf(publishable.app().value(), session);
            }
            case Caller.Server server -> isOf(server.app().value(), session);
            case Caller.Admin _ -> true;
            case Caller.Anonymous() -> false;
        };
    }

    private static boolean isOf(String app, Optional<Session> session) {
        return session.isPresent() && session.get().opening().app().value().equals(app);
    }
}
