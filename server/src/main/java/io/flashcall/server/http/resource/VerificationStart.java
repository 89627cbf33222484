package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.Tenants;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.ProblemException.Fault;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.KeyText;
import io.flashcall.verification.Session;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.Verifications.StartRequest;
import io.flashcall.verification.Verifications.StartResult;
import io.flashcall.verification.store.ApiKeys.Scope;
import io.flashcall.verification.store.IdempotentRequests.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// `POST /v1/verifications`. An idempotent request's answer is saved in the session's own transaction, so that a crash
/// between the two cannot make somebody's phone ring twice.
public final class VerificationStart {

    private final Verifications verifications;
    private final Tenants tenants;
    private final Idempotency idempotency;

    public VerificationStart(Verifications verifications, Tenants tenants, Idempotency idempotency) {
        this.verifications = verifications;
        this.tenants = tenants;
        this.idempotency = idempotency;
    }

    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("POST", "/v1/verifications", Set.of(Scope.PUBLISHABLE, Scope.SERVER), this::start));
    }

    private Reply start(Call call) {
        boolean server = call.caller() instanceof Caller.Server;
        var form = StartForm.read(call.form(), server);
        var app = call.caller().ownApp().flatMap(tenants::app).orElseThrow(Problem.INVALID_KEY::plain);
        var secret = server ? Optional.<String>empty() : Optional.of(KeyText.clientSecret());
        var caller = new Verifications.Caller(server, call.address(), secret);
        var kept = new AtomicReference<Reply>();
        // Whoever asks again gets the same bytes as whoever asked first.
        var keep = idempotency.keeper(call).map(keeper -> (Function<Session, Result>) session -> {
            var reply = reply(201, session, call.caller(), secret, false);
            kept.set(reply);
            return keeper.result(reply);
        });
        var result = verifications.start(new StartRequest(app, caller, form.to(), form.subject(), form.wishes(), keep));
        return switch (result) {
            case StartResult.Started(var session) -> {
                var saved = kept.get();
                yield saved != null
                        ? saved.header(Idempotency.KEPT, "true")
                        : reply(201, session, call.caller(), secret, false);
            }
            case StartResult.Reused(var session) -> reply(200, session, call.caller(), Optional.empty(), true);
            case StartResult.NumberRefused(var reason, var detail) ->
                throw Problem.NUMBER_REFUSED
                        .with(detail, List.of(new Fault("/to", advice(reason))))
                        .member("reason", reason);
            case StartResult.Limited(var limit, var retryAfter) -> throw limited(limit, retryAfter);
            case StartResult.OverBudget(var limit, var retryAfter) -> throw overBudget(limit, retryAfter);
            case StartResult.WishRefused(var field, var detail) ->
                throw Problem.WISH_OUT_OF_BOUNDS.with(detail, List.of(new Fault("/" + field, detail)));
            case StartResult.Denied(var detail) -> throw denied(call.caller(), detail);
            case StartResult.NoSuchCode() -> throw Problem.NO_SUCH_CODE.plain();
        };
    }

    static ProblemException limited(String limit, Duration retryAfter) {
        long seconds = seconds(retryAfter);
        return Problem.LIMIT_EXCEEDED
                .with("The limit " + limit + " is exceeded; try again in " + seconds + " s.")
                .member("limit", limit)
                .header("Retry-After", String.valueOf(seconds));
    }

    private static ProblemException overBudget(String limit, Duration retryAfter) {
        long seconds = seconds(retryAfter);
        return Problem.BUDGET_EXHAUSTED
                .with("The app's " + limit + " is spent; the next one begins in " + seconds + " s.")
                .member("limit", limit)
                .header("Retry-After", String.valueOf(seconds));
    }

    private static long seconds(Duration retryAfter) {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    static ProblemException denied(Caller caller, String detail) {
        return VerificationView.seesReasons(caller)
                ? Problem.DENIED_BY_APP.with("The app's back end did not allow this: " + detail)
                : Problem.DENIED_BY_APP.plain();
    }

    private static String advice(String reason) {
        return switch (reason) {
            case "no_region" ->
                "Write the number with + and country code, such as +441614960123, or give the app a default_region.";
            case "impossible", "not_in_plan" ->
                "Look for missing or surplus digits: + and country code, then the number without its leading 0.";
            default -> "Ask the user for the number of a mobile or ordinary landline telephone.";
        };
    }

    private static Reply reply(
            int status, Session session, Caller caller, Optional<String> clientSecret, boolean reused) {
        var node = VerificationView.of(session, caller);
        node.put("reused", reused);
        clientSecret.ifPresent(secret -> node.put("client_secret", secret));
        return Reply.json(status, node)
                .header("Location", "/v1/verifications/" + session.id().value());
    }
}
