package io.flashcall.server.webhook;

import io.flashcall.engine.E164;
import io.flashcall.server.net.Answer;
import io.flashcall.server.net.GuardedHttp;
import io.flashcall.server.net.Outgoing;
import io.flashcall.verification.App;
import io.flashcall.verification.App.AuthorizationHook;
import io.flashcall.verification.Authorizer;
import io.flashcall.verification.Intent;
import java.io.StringWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the app's own back end whether somebody may be called: a POST signed like a webhook, answered with 200
/// and `{"action": "allow"}` or `{"action": "deny", "reason": "…"}` by the hook's deadline. Anything else is no
/// answer, and the app has settled what that means. Asks once. Thread-safe.
public final class HookAuthorizer implements Authorizer {

    private static final int LONGEST_REASON = 200;

    private final GuardedHttp http;
    private final InstantSource clock;
    private final JsonFactory json = new JsonFactory();
    private final JsonMapper mapper = JsonMapper.shared();

    public HookAuthorizer(GuardedHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Optional<String> refusal(App app, Intent intent, Optional<String> address) {
        return app.access().authorization().flatMap(hook -> switch (ask(hook, question(intent, address))) {
            case Word.Allow() -> Optional.empty();
            case Word.Deny(var reason) -> Optional.of(reason);
            case Word.None(var why) -> hook.failOpen() ? Optional.empty() : Optional.of(why);
        });
    }

    private Word ask(AuthorizationHook hook, String body) {
        try {
            var signer = new StandardWebhooks(List.of(hook.secret()));
            var headers = signer.headers("msg_" + UUID.randomUUID(), clock.instant(), body);
            var answer = http.send(Outgoing.json(URI.create(hook.url()), headers, body, hook.deadline()));
            return answer instanceof Answer.Answered answered && answered.status() == 200
                    ? read(answered.body())
                    : noAnswer(answer.toString());
        } catch (IllegalArgumentException e) {
            return noAnswer("its URL or secret is none");
        }
    }

    private Word read(String body) {
        try {
            var answer = mapper.readTree(body);
            return switch (answer.path("action").asString("")) {
                case "allow" -> new Word.Allow();
                case "deny" -> new Word.Deny(reason(answer.path("reason")));
                default -> noAnswer("not the JSON that was asked for");
            };
        } catch (JacksonException e) {
            return noAnswer("not the JSON that was asked for");
        }
    }

    private static Word noAnswer(String why) {
        return new Word.None("The authorization hook gave no answer: " + why + ".");
    }

    /// What the back end said, as far as it may be shown.
    private static String reason(JsonNode reason) {
        var text = reason.asString("").strip();
        if (text.isEmpty()) {
            return "The authorization hook denied it.";
        }
        return E164.mask(text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text);
    }

    private String question(Intent intent, Optional<String> address) {
        var text = new StringWriter();
        try (var out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("type", "verification.authorize");
            out.writeStringProperty("timestamp", SessionJson.text(clock.instant()));
            out.writeObjectPropertyStart("data");
            out.writeStringProperty("to", "+" + intent.to().digits());
            out.writeStringProperty("country", intent.country());
            out.writeStringProperty("purpose", intent.purpose());
            intent.userReference().ifPresent(user -> out.writeStringProperty("user_reference", user));
            intent.transaction().ifPresent(transaction -> {
                out.writeName("transaction");
                out.writeRawValue(transaction);
            });
            address.ifPresent(ip -> out.writeStringProperty("ip", ip));
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }

    /// What the back end said.
    private sealed interface Word {

        record Allow() implements Word {}

        record Deny(String reason) implements Word {}

        record None(String why) implements Word {}
    }
}
