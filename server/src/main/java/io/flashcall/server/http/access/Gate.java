package io.flashcall.server.http.access;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Scopes;
import io.flashcall.verification.AppId;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.ApiKeys.ApiKey;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lets a caller through to an endpoint, or refuses: the API key must be good, and its scope among the endpoint's.
/// Which sessions an app or a client may touch, [SessionAccess] decides. Thread-safe.
public final class Gate {

    /// Header with the secret of one session, for publishable keys.
    public static final String CLIENT_SECRET = "flashcall-client-secret";

    private static final String SCHEME = "bearer ";
    private static final String REALM = "Bearer realm=\"flashcall\"";

    // What an unknown key is compared with, so that it takes as long as a known one.
    private static final String NO_HASH = Vault.hash("");

    private final Tenants tenants;

    public Gate(Tenants tenants) {
        this.tenants = tenants;
    }

    /// @throws ProblemException when the caller may not use the endpoint
    public Caller admit(Call call, Endpoint endpoint) {
        if (endpoint.isOpen()) {
            return new Caller.Anonymous();
        }
        var key = authenticate(call.header("authorization"));
        if (!endpoint.scopes().contains(key.scope())) {
            var able = endpoint.scopes().stream().sorted().map(Scopes::label).collect(Collectors.joining(" or "));
            throw Problem.WRONG_SCOPE.with(
                    "A key of scope " + Scopes.label(key.scope()) + " may not do this; use one of scope " + able + ".");
        }
        return caller(key, call.header(CLIENT_SECRET));
    }

    private ApiKey authenticate(Optional<String> header) {
        if (header.isEmpty() || !header.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.MISSING_KEY.plain().header("WWW-Authenticate", REALM);
        }
        var text = header.get().substring(SCHEME.length()).strip();
        var parsed = KeyText.parse(text);
        var known = parsed.flatMap(key -> tenants.key(key.id()));
        boolean same = Vault.same(Vault.hash(text), known.map(ApiKey::hash).orElse(NO_HASH));
        boolean good = same
                && known.isPresent()
                && known.get().scope() == parsed.get().scope()
                && known.get().validity().revokedAt().isEmpty()
                && isOfAnApp(known.get());
        if (!good) {
            throw refusal(parsed.isPresent());
        }
        return known.get();
    }

    private boolean isOfAnApp(ApiKey key) {
        return key.scope() == Scope.ADMIN || key.app().flatMap(tenants::app).isPresent();
    }

    private static ProblemException refusal(boolean wellFormed) {
        var detail = wellFormed
                ? "This API key is unknown or revoked, or its app was deleted. Make one with “flashcall keys create”."
                : "This is no API key: one begins with fc_pub_, fc_srv_ or fc_adm_ and was shown once, when it was made."
                        + " Copy it whole, without quotes.";
        return Problem.INVALID_KEY.with(detail).header("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
    }

    private static Caller caller(ApiKey key, Optional<String> clientSecret) {
        return switch (key.scope()) {
            case PUBLISHABLE -> new Caller.Publishable(key.id(), appOf(key), clientSecret);
            case SERVER -> new Caller.Server(key.id(), appOf(key));
            case ADMIN -> new Caller.Admin(key.id());
        };
    }

    private static AppId appOf(ApiKey key) {
        return key.app().orElseThrow(() -> new IllegalStateException("key " + key.id() + " has no app"));
    }
}
