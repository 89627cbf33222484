package io.flashcall.server.http.message;

import io.flashcall.server.http.message.ProblemException.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything that the API refuses, and why: answers (RFC 9457), their pages under `/docs/problems` and the OpenAPI
/// document all come from here. The slug of `BAD_JSON` is `bad-json`.
public enum Problem {
    BAD_REQUEST(
            400,
            "The request is no HTTP that we understand",
            "Its first line or a header is malformed or too long.",
            "Speak HTTP/1.1, with headers of at most 32 KiB and a body that is not compressed. With curl, put the URL in"
                    + " quotes. A proxy in between must speak HTTP/1.1 too; for nginx: proxy_http_version 1.1.",
            "The request line or a header is malformed or too long, the protocol is not HTTP/1.1, or the body is"
                    + " compressed."),
    BAD_JSON(
            400,
            "The body is not JSON",
            "The body stops being JSON somewhere: a missing quote, a comma too many, a key that comes twice.",
            "Mend the place that the detail names. In a shell, put the body in single quotes: -d '{\"to\": \"+44…\"}'.",
            "The body stops being JSON at line 1, column 9."),
    INVALID_PARAMETER(
            400,
            "A parameter of the query is wrong",
            "It is unknown, or has a value that it cannot have.",
            "Send what the detail expects. A + in a query is written %2B.",
            "The parameter “limit” is “1000” (expected: a whole number from 1 to 100)."),
    CREDENTIAL_IN_URL(
            400,
            "A credential is in the URL",
            "URLs end up in logs and histories, so that whatever key was in this one counts as leaked.",
            "Send API keys as “Authorization: Bearer fc_…” and client secrets as “Flashcall-Client-Secret: fcs_…”. Pages"
                    + " read the stream by fetch, which can send headers. Revoke the key that was in the URL.",
            "The query holds a credential. Send it as a header, and revoke it."),
    IDEMPOTENCY_KEY_INVALID(
            400,
            "The Idempotency-Key is malformed",
            "It is empty, too short, too long, or has characters other than visible ASCII.",
            "Send 1 to 255 visible ASCII characters (16 or more with a publishable key), best a new UUID for each thing you"
                    + " want done once.",
            "The Idempotency-Key has 300 characters (expected: 1 to 255)."),
    MISSING_KEY(
            401,
            "An API key is missing",
            "The request has no Authorization header, or one of another scheme than Bearer.",
            "Send “Authorization: Bearer fc_srv_…”. Make a key with “flashcall keys create”, or as admin with"
                    + " POST /v1/keys.",
            "Send the header “Authorization: Bearer fc_srv_…” with your API key."),
    INVALID_KEY(
            401,
            "The API key is not valid",
            "It is none of ours, was revoked, or its app was deleted.",
            "Look whether it was copied whole (fc_srv_, 12 characters, _, 40 characters), and whether it belongs to this"
                    + " server. Make a new one with “flashcall keys create”.",
            "This API key is unknown or revoked."),
    RECEIPT_NOT_AUTHENTIC(
            401,
            "The receipt does not show that it is the provider's",
            "The signature, the credentials or the secret part of the path is missing or wrong.",
            "Give the provider the URL that the channel's configuration comes to, and the channel the secret with which"
                    + " the provider signs. Behind a proxy, “public_url” must be what the provider asks.",
            "This does not show that it is from the channel's provider."),
    WRONG_SCOPE(
            403,
            "This kind of API key may not do that",
            "Publishable keys (fc_pub_) start verifications and touch those whose client secret they show; server keys"
                    + " (fc_srv_) do everything for their own app; admin keys (fc_adm_) configure and read.",
            "Use a key of the kind that the detail names. Never put server or admin keys into apps or pages.",
            "A publishable key may not do this; use a server or admin key."),
    DENIED_BY_APP(
            403,
            "The app's back end said no",
            "The app has an authorization hook, and it denied this verification or did not answer in time.",
            "Look at what the hook answers, or whether it can be reached: see “authorization” of the app.",
            "The app's back end did not allow this verification."),
    ORIGIN_NOT_ALLOWED(
            403,
            "Pages of this origin may not use this key",
            "The request came from a page whose origin is not in the app's list.",
            "Add the origin to “cors_origins” of the app, exactly as browsers write it: https://shop.example.",
            "The origin https://shop.example is not listed by this app."),
    NOT_FOUND(
            404,
            "There is no such thing for this key",
            "It does not exist, belongs to another app, or the client secret is not the right one. Which of these, is not"
                    + " told.",
            "Look at the id. With a publishable key, send the header “Flashcall-Client-Secret” with the client_secret"
                    + " that the start of this very verification returned.",
            "There is no such verification for this key and client secret."),
    UNKNOWN_PATH(
            404,
            "There is nothing at this path",
            "The path is misspelt, or has a slash at its end.",
            "See /docs/api for all paths; the detail names the nearest one.",
            "There is nothing at /v1/verification; did you mean /v1/verifications?"),
    METHOD_NOT_ALLOWED(
            405,
            "The path is right, the method is not",
            "For instance a GET where only POST does something: what a browser's address bar does.",
            "Use a method of the Allow header; with curl: -X POST.",
            "GET does nothing here; use POST."),
    REQUEST_TOO_SLOW(
            408,
            "The body did not come in time",
            "The connection was open, but the body was not there when the time was up.",
            "Send the whole body at once, and as long as Content-Length says. A retry with the same Idempotency-Key is"
                    + " safe.",
            "The body did not come within 10 s."),
    SESSION_OVER(
            409,
            "The verification is over",
            "It was verified, failed, expired or was canceled; nothing changes it any more.",
            "Start a new one with POST /v1/verifications.",
            "This verification has expired. Start a new one."),
    CALL_IN_PROGRESS(
            409,
            "A call is in the air",
            "The phone is being called, or is about to be.",
            "Wait for the attempt to end (see the stream, or GET the verification), then resend.",
            "The call of attempt 1 has not ended yet; wait for it, then resend."),
    SENDS_USED_UP(
            409,
            "Every send is used up",
            "The verification was sent as often as the app's policy allows. What was sent still counts.",
            "Check what the user has, or start a new verification.",
            "All 3 sends are used up."),
    NO_SUCH_CODE(
            409,
            "No caller id ends in the requested code",
            "Of the numbers that this destination may be shown, none ends in these digits.",
            "Ask for another requested_code, leave it out, or configure a pool that is a whole block of numbers.",
            "No caller id that this destination may be shown ends in the requested code."),
    IDEMPOTENCY_KEY_IN_PROGRESS(
            409,
            "A request with this Idempotency-Key is in progress",
            "The first one has not been answered yet.",
            "Wait a second and retry with the same key and body: you will get the answer of the first.",
            "The first request with this Idempotency-Key is still in progress."),
    DECLARED_IN_CONFIGURATION(
            409,
            "It is declared in the server's configuration",
            "Apps, pools and webhooks of the configuration file are what the file says, after every start.",
            "Change the file and reload (apps and webhooks: restart), or take it out of the file to manage it here.",
            "The app “demo” is declared in the configuration file."),
    ALREADY_EXISTS(
            409,
            "It exists already",
            "POST makes new ones, and this name is taken.",
            "Use PUT to replace it, or another name.",
            "There is an app “shop” already."),
    TOO_MANY_WEBHOOKS(
            409,
            "The app has as many webhooks as it may have",
            "Ten for each app.",
            "Delete or replace one.",
            "The app has 10 webhooks, which is the most."),
    BODY_TOO_LONG(
            413,
            "The body is too long",
            "No request of this API needs that much.",
            "Send what the documents describe; pools with many numbers are written as ranges.",
            "The body is longer than 65536 bytes."),
    WRONG_CONTENT_TYPE(
            415,
            "The body is not declared as JSON",
            "The Content-Type header says something else, as curl -d does by itself.",
            "Send “Content-Type: application/json”.",
            "Content-Type is application/x-www-form-urlencoded (expected: application/json)."),
    INVALID_REQUEST(
            422,
            "A field of the body is wrong",
            "One is missing, unknown, of the wrong type or out of range: “errors” names each.",
            "Mend each field that “errors” points at.",
            "There is no field “phone” here: known are to, purpose."),
    NUMBER_REFUSED(
            422,
            "This number is not called",
            "It is no possible number, or of a kind that is not called: premium rate, shared cost, pager, voicemail."
                    + " “reason” says which, in one word.",
            "Write numbers in international form: + and country code, +441614960123. Without + a number needs the app's"
                    + " default_region.",
            "The number 0770****** has no + and country code."),
    WISH_OUT_OF_BOUNDS(
            422,
            "The app's policy does not allow that",
            "A request may depart from the app's defaults only within the app's bounds, and not beyond its ceiling for"
                    + " guessing.",
            "Leave the field out, or keep within the bounds that the detail names.",
            "code_length: 8 (expected: 4 to 6)."),
    UNKNOWN_CHANNEL(
            422,
            "The verification has no such channel",
            "Its channels were settled at its start.",
            "Use one of those that the detail names, or leave the field out.",
            "There is no channel “pigeon” here (expected: flash_call or sms)."),
    UNREADABLE_CODE(
            422,
            "This cannot be a code",
            "What was entered has too few or too many digits; nothing was counted.",
            "Send the last digits of the number that called, or all of it in any formatting, in quotes.",
            "Expected: the last 4 digits of the number that called, or the whole number."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "This Idempotency-Key was used for another request",
            "Method, path, body or client secret differ from those of the first request.",
            "Make a new key for each new thing; keep a key only to retry the very same request.",
            "This Idempotency-Key belongs to another request."),
    INVALID_DEFINITION(
            422,
            "The definition cannot be used",
            "The app or pool breaks a rule by itself, or together with the rest of the configuration.",
            "Mend what “errors” names.",
            "numbers: +4420**** (expected: within the caller_ids of trunk carrier-a)."),
    CONFIGURATION_UNUSABLE(
            422,
            "The configuration file cannot be used",
            "It does not read well, names a file that cannot be read, or does not fit what is stored. Nothing has changed:"
                    + " the service runs as before.",
            "Mend what “errors” names, key by key with its line, and ask again.",
            "The configuration cannot be used as it is: nothing has changed."),
    LIMIT_EXCEEDED(
            429,
            "Too often",
            "“limit” names what was exceeded: starts for one number, from one address or of one app, or wrong checks for"
                    + " one number.",
            "Wait for as many seconds as Retry-After says. Who runs the server can raise the limits.",
            "The limit starts_per_destination is exceeded; try again in 600 s."),
    BUDGET_EXHAUSTED(
            429,
            "The app's budget is spent",
            "The attempts of the day or month (UTC) cost what the app may spend; those under way count with the most that"
                    + " they are likely to cost. “limit” names the budget: budget_per_day or budget_per_month.",
            "Wait until the next day or month begins, as Retry-After says, or raise the “budget” of the app. GET /v1/costs"
                    + " shows what it went on. What had been sent before goes on as it was.",
            "The app's budget_per_day is spent; the next one begins in 3600 s."),
    INTERNAL_ERROR(
            500,
            "A fault of ours",
            "Something broke that should not.",
            "Retry with the same Idempotency-Key. If it stays, tell the operator the request_id: the log has the rest.",
            "Something broke on our side; the log has it under this request_id."),
    NOT_READY(
            503,
            "The server is not ready",
            "It starts, stops, or lacks what it needs; “errors” says what.",
            "Wait, or mend what is named.",
            "The server is not ready: no trunk is up."),
    OVERLOADED(
            503,
            "Too many requests at once",
            "As many as the server takes are in progress.",
            "Wait as long as Retry-After says, then retry with the same Idempotency-Key.",
            "As many requests as the server takes are in progress."),
    TOO_MANY_STREAMS(
            503,
            "Too many streams are open",
            "The server, or this verification, has as many event streams as it takes.",
            "Close streams that are no longer read, or GET the verification now and then.",
            "As many streams as the server takes are open.");

    /// Where the pages are.
    public static final String DIRECTORY = "/docs/problems/";

    private final int status;
    private final String title;
    private final String cause;
    private final String remedy;
    private final String example;

    Problem(int status, String title, String cause, String remedy, String example) {
        this.status = status;
        this.title = title;
        this.cause = cause;
        this.remedy = remedy;
        this.example = example;
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its `type`, a relative reference, and the path of its page.
    public String path() {
        return DIRECTORY + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// How it comes about.
    public String cause() {
        return cause;
    }

    /// What to do instead.
    public String remedy() {
        return remedy;
    }

    /// A detail as an answer may have it.
    public String example() {
        return example;
    }

    public static Optional<Problem> named(String slug) {
        return Arrays.stream(values())
                .filter(problem -> problem.slug().equals(slug))
                .findFirst();
    }

    /// To be thrown.
    ///
    /// @param detail what happened this time, and what to do instead; holds no codes and no whole numbers
    public ProblemException with(String detail) {
        return new ProblemException(this, detail, List.of());
    }

    public ProblemException with(String detail, List<Fault> faults) {
        return new ProblemException(this, detail, faults);
    }

    /// To be thrown, with the catalogue's own words.
    public ProblemException plain() {
        return with(example);
    }
}
