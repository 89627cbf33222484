package io.flashcall.server.http.resource;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.flashcall.server.http.resource.ReceiptIntake.Outcome;
import io.flashcall.server.http.resource.ReceiptIntake.Posted;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/v1/receipts/{channel}` and `/v1/receipts/{channel}/{token}`: what providers of messages report. They have no API
/// key; how a provider shows who it is, its channel's configuration says.
public final class ReceiptResource {

    private static final String PATH = "/v1/receipts/{channel}";
    private static final String TOKEN = "token";
    private static final String SECRET_PATH = PATH + "/{" + TOKEN + "}";

    private final ReceiptIntake intake;

    public ReceiptResource(ReceiptIntake intake) {
        this.intake = intake;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("POST", PATH, Set.of(), call -> take(call, Optional.empty()), true),
                new Endpoint("GET", PATH, Set.of(), call -> take(call, Optional.empty()), true),
                new Endpoint("POST", SECRET_PATH, Set.of(), call -> take(call, token(call)), true),
                new Endpoint("GET", SECRET_PATH, Set.of(), call -> take(call, token(call)), true));
    }

    private static Optional<String> token(Call call) {
        return Optional.of(call.parameter(TOKEN));
    }

    private Reply take(Call call, Optional<String> token) {
        var posted = new Posted(
                call.parameter("channel"), token, call.headers(), call.target().query(), call.body());
        return switch (intake.take(posted)) {
            case Outcome.Taken() -> Reply.json(200, Json.object());
            case Outcome.Echo(var text) -> Reply.text(200, "text/plain; charset=utf-8", text);
            case Outcome.TooMany() ->
                throw Problem.OVERLOADED
                        .with("Too many receipts of this channel are waiting for their messages.")
                        .header("Retry-After", "60");
            case Outcome.NotAuthentic() ->
                throw Problem.RECEIPT_NOT_AUTHENTIC.plain().header("WWW-Authenticate", "Receipt realm=\"flashcall\"");
            case Outcome.NoSuchChannel() ->
                throw Problem.NOT_FOUND.with("There is no such channel here that takes receipts.");
        };
    }
}
