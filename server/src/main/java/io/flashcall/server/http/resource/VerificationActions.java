package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.SessionAccess;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.Denial;
import io.flashcall.verification.Session;
import io.flashcall.verification.Verifications;
import io.flashcall.verification.Verifications.ActionResult;
import io.flashcall.verification.Verifications.CheckResult;
import io.flashcall.verification.store.ApiKeys.Scope;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is done to a verification: check, report, resend, cancel.
public final class VerificationActions {

    private static final Set<Scope> SCOPES = Set.of(Scope.PUBLISHABLE, Scope.SERVER);
    private static final String MANUAL = "manual";
    private static final int LONGEST_ENTRY = 40;
    private static final Pattern SOURCE = Pattern.compile("intercepted|log|manual");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9_]{1,32}");

    private final Verifications verifications;
    private final SessionAccess access;

    public VerificationActions(Verifications verifications, SessionAccess access) {
        this.verifications = verifications;
        this.access = access;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("POST", "/v1/verifications/{id}/check", SCOPES, this::check),
                new Endpoint("POST", "/v1/verifications/{id}/report", SCOPES, this::report),
                new Endpoint("POST", "/v1/verifications/{id}/resend", SCOPES, this::resend),
                new Endpoint("POST", "/v1/verifications/{id}/cancel", SCOPES, this::cancel));
    }

    private Reply check(Call call) {
        var session = access.session(call);
        var form = call.form();
        var code = form.required("code", LONGEST_ENTRY, "what the user entered, such as \"0123\"");
        form.done();
        return checked(call, verifications.check(session.id(), code, MANUAL, false));
    }

    private Reply report(Call call) {
        var session = access.session(call);
        var form = call.form();
        var number = form.required("number", LONGEST_ENTRY, "the whole number that called, such as \"+4420…\"");
        var source = form.text("source", SOURCE, "intercepted, log or manual").orElse(MANUAL);
        form.done();
        return checked(call, verifications.check(session.id(), number, source, true));
    }

    private Reply resend(Call call) {
        var session = access.session(call);
        var form = call.form();
        var channel = form.text("channel", CHANNEL, "a channel's name, such as sms");
        form.done();
        return done(call, verifications.resend(session.id(), channel.map(ChannelName::new)));
    }

    private Reply cancel(Call call) {
        var session = access.session(call);
        call.form().done();
        return done(call, verifications.cancel(session.id()));
    }

    private static Reply checked(Call call, CheckResult result) {
        return switch (result) {
            case CheckResult.Right(var session) -> checked(session, call.caller(), true);
            case CheckResult.Wrong(var session) -> checked(session, call.caller(), false);
            case CheckResult.Over(var session) -> throw over(session);
            case CheckResult.Unreadable(var expected) ->
                throw Problem.UNREADABLE_CODE.with(
                        "What was entered cannot be a code (expected: " + expected + "). Nothing was counted.");
            case CheckResult.Limited(var limit, var retryAfter) -> throw VerificationStart.limited(limit, retryAfter);
            case CheckResult.NotFound() -> throw SessionAccess.missing(call.caller());
        };
    }

    private static Reply checked(Session session, Caller caller, boolean correct) {
        return Reply.json(200, VerificationView.of(session, caller).put("correct", correct));
    }

    private static Reply done(Call call, ActionResult result) {
        return switch (result) {
            case ActionResult.Done(var session) -> Reply.json(200, VerificationView.of(session, call.caller()));
            case ActionResult.Denied(var session, var why) -> throw denied(session, why);
            case ActionResult.Forbidden(var detail) -> throw VerificationStart.denied(call.caller(), detail);
            case ActionResult.NotFound() -> throw SessionAccess.missing(call.caller());
        };
    }

    private static ProblemException denied(Session session, Denial why) {
        return switch (why) {
            case ENDED -> over(session);
            case SENDS_USED_UP ->
                Problem.SENDS_USED_UP.with("All " + session.opening().terms().sends()
                        + " sends are used up. What was sent still counts; or start a new verification.");
            case CALL_IN_PROGRESS ->
                Problem.CALL_IN_PROGRESS
                        .with("The phone is being called; wait until that attempt has ended, then resend.")
                        .header("Retry-After", "5");
            case NO_SUCH_CHANNEL ->
                Problem.UNKNOWN_CHANNEL.with("This verification has no such channel (expected: "
                        + session.opening().terms().channels().stream()
                                .map(channel -> channel.name().value())
                                .collect(Collectors.joining(" or "))
                        + ").");
        };
    }

    private static ProblemException over(Session session) {
        var what = switch (session.status()) {
            case VERIFIED -> "was verified already";
            case FAILED -> "has failed";
            case EXPIRED -> "has expired";
            case CANCELED -> "was canceled";
            case PENDING -> "is over";
        };
        return Problem.SESSION_OVER
                .with("This verification " + what + ", and nothing changes it any more. Start a new one with POST"
                        + " /v1/verifications.")
                .member("verification_status", session.status().label());
    }
}
