package io.flashcall.server.http.access;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.App;
import java.util.List;
import java.util.Optional;

/// Which pages may call the API: those whose origin the key's app lists, and our own documents. Thread-safe.
public final class Origins {

    private static final String METHODS = "GET, POST, PUT, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Flashcall-Client-Secret, Idempotency-Key, X-Request-Id, Last-Event-ID";
    private static final String EXPOSED = "X-Request-Id, Retry-After, Idempotency-Replayed, Location";

    private final Tenants tenants;

    public Origins(Tenants tenants) {
        this.tenants = tenants;
    }

    /// Answers a preflight: it has no key yet, so an origin that any app lists will do.
    public Reply preflight(Call call) {
        var reply = Reply.noContent().header("Vary", "Origin");
        var origin = call.header("origin");
        if (origin.isEmpty() || !isListedByAny(origin.get())) {
            return reply;
        }
        return reply.header("Access-Control-Allow-Origin", origin.get())
                .header("Access-Control-Allow-Methods", METHODS)
                .header("Access-Control-Allow-Headers", HEADERS)
                .header("Access-Control-Max-Age", "600");
    }

    /// @throws ProblemException when the request came from a page that the caller's app does not list
    public void check(Call call) {
        var origin = foreign(call);
        boolean known = !(call.caller() instanceof Caller.Anonymous);
        if (origin.isPresent() && known && !isListed(call.caller(), origin.get())) {
            throw Problem.ORIGIN_NOT_ALLOWED.with("Pages of this origin may not use this key: add the origin to"
                    + " “cors_origins” of the key's app, exactly as the browser sends it.");
        }
    }

    /// The answer as the page that asked may read it. Who failed to say who they are may read why, where any app lists
    /// their origin.
    public Reply readable(Reply reply, Call call) {
        var origin = foreign(call);
        if (origin.isEmpty()) {
            return reply;
        }
        var varying = reply.header("Vary", "Origin");
        return isListed(call.caller(), origin.get())
                ? varying.header("Access-Control-Allow-Origin", origin.get())
                        .header("Access-Control-Expose-Headers", EXPOSED)
                : varying;
    }

    private boolean isListed(Caller caller, String origin) {
        return caller instanceof Caller.Anonymous
                ? isListedByAny(origin)
                : caller.ownApp()
                        .flatMap(tenants::app)
                        .filter(app -> lists(app, origin))
                        .isPresent();
    }

    private boolean isListedByAny(String origin) {
        return tenants.apps().stream().anyMatch(app -> lists(app, origin));
    }

    private static Optional<String> foreign(Call call) {
        return call.header("origin").filter(text -> !isOurs(text, call));
    }

    /// A page of the server itself; TLS may have ended before us, so the scheme does not count.
    private static boolean isOurs(String origin, Call call) {
        return List.of("http://", "https://").stream()
                .anyMatch(scheme -> call.header("host")
                        .map(host -> origin.equalsIgnoreCase(scheme + host))
                        .orElse(false));
    }

    private static boolean lists(App app, String origin) {
        return app.access().corsOrigins().contains(origin);
    }
}
