package io.flashcall.server.http.resource;

import io.flashcall.server.http.access.Gate;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Caller;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import io.flashcall.verification.Vault;
import io.flashcall.verification.store.ClaimLostException;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.IdempotentRequests.Claim;
import io.flashcall.verification.store.IdempotentRequests.Result;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Does what a POST with an `Idempotency-Key` asks for once, and answers every retry as it answered the first. Faults
/// of ours, exceeded limits and whatever else says `Retry-After` are not kept: they are worth another try. Thread-safe.
public final class Idempotency {

    /// Marks an answer that is kept already; never sent.
    static final String KEPT = "X-Kept";

    private static final String HEADER = "idempotency-key";
    private static final int LONGEST = 255;

    // Clients of one publishable key share its keys: whoever guesses another's would be given that one's answer.
    private static final int LEAST_OF_PUBLISHABLE = 16;

    // So long may a request take before another may take its key over, say after a crash.
    private static final Duration HOLD = Duration.ofSeconds(60);

    private final IdempotentRequests requests;
    private final Vault vault;
    private final InstantSource clock;

    public Idempotency(IdempotentRequests requests, Vault vault, InstantSource clock) {
        this.requests = requests;
        this.vault = vault;
        this.clock = clock;
    }

    /// Makes what is kept of an answer.
    final class Keeper {

        private final IdempotentRequests.Key key;

        Keeper(IdempotentRequests.Key key) {
            this.key = key;
        }

        Result result(Reply reply) {
            return new Result(key, reply.status(), vault.seal(reply.bodyText(), context(key)));
        }
    }

    /// Keeps the answer of this request, where it asked for that.
    Optional<Keeper> keeper(Call call) {
        return key(call).map(Keeper::new);
    }

    /// Runs an endpoint's action, or repeats its answer.
    public Reply run(Call call, Endpoint.Action action) {
        var key = key(call);
        if (key.isEmpty()) {
            return action.on(call);
        }
        return switch (requests.claim(key.get(), fingerprint(call), clock.instant(), HOLD)) {
            case Claim.Granted() -> first(call, key.get(), action);
            case Claim.InProgress() -> throw inProgress();
            case Claim.Mismatch() -> throw Problem.IDEMPOTENCY_KEY_REUSED.plain();
            case Claim.Replay(int status, var body) ->
                Reply.text(status, status < 400 ? Reply.JSON : Reply.PROBLEM, vault.open(body, context(key.get())))
                        .header("Idempotency-Replayed", "true");
        };
    }

    private Reply first(Call call, IdempotentRequests.Key key, Endpoint.Action action) {
        Reply reply;
        try {
            reply = action.on(call);
        } catch (ProblemException e) {
            reply = e.reply(call.id());
        } catch (ClaimLostException e) {
            throw inProgress();
        } catch (RuntimeException | Error e) {
            requests.release(key);
            throw e;
        }
        if (reply.headers().containsKey(KEPT)) {
            return reply.without(KEPT);
        }
        if (reply.status() >= 500 || reply.headers().containsKey("Retry-After")) {
            requests.release(key);
        } else {
            requests.complete(new Keeper(key).result(reply));
        }
        return reply;
    }

    private static ProblemException inProgress() {
        return Problem.IDEMPOTENCY_KEY_IN_PROGRESS.plain().header("Retry-After", "1");
    }

    private static Optional<IdempotentRequests.Key> key(Call call) {
        int least = call.caller() instanceof Caller.Publishable ? LEAST_OF_PUBLISHABLE : 1;
        return call.header(HEADER)
                .map(text -> new IdempotentRequests.Key(call.caller().key(), unquoted(text.strip(), least)));
    }

    /// The draft wants a quoted string (RFC 9651); many clients send it bare.
    private static String unquoted(String text, int least) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        var value = quoted ? text.substring(1, text.length() - 1) : text;
        if (value.length() < least || value.length() > LONGEST) {
            throw Problem.IDEMPOTENCY_KEY_INVALID.with("The Idempotency-Key has " + value.length()
                    + " characters (expected: " + least + " to " + LONGEST + "; a random UUID will do).");
        }
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Problem.IDEMPOTENCY_KEY_INVALID.with(
                    "The Idempotency-Key has a space or a character that is not visible ASCII; a UUID will do.");
        }
        return value;
    }

    /// What must be the same in a retry; hashed with a key, since it holds numbers and codes.
    private String fingerprint(Call call) {
        return vault.mac(
                "idempotency",
                call.target().method(),
                call.target().path(),
                call.body().text(),
                call.header(Gate.CLIENT_SECRET).orElse(""));
    }

    private static String context(IdempotentRequests.Key key) {
        return "idempotency " + key.owner() + " " + key.value();
    }
}
