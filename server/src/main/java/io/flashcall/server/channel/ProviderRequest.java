package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.net.Outgoing;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// What is asked of one provider, ready to be filled in. Immutable.
final class ProviderRequest {

    private static final String CONTENT_TYPE = "Content-Type";

    private final HttpChannelConfig config;
    private final Template url;
    private final Template body;
    private final Map<String, Template> headers = new HashMap<>();

    ProviderRequest(HttpChannelConfig config) {
        this.config = config;
        var names = HttpChannelConfig.REQUEST_VALUES;
        this.url = new Template(config.request().url(), names);
        this.body = new Template(config.request().body(), names);
        config.request().headers().forEach((name, value) -> headers.put(name, new Template(value, names)));
    }

    /// @param app what the app is called
    /// @throws IllegalArgumentException when what comes out is no URL
    Outgoing fill(Session session, Attempt attempt, String code, String app) {
        var values = values(session, attempt, code, app);
        var filled = new HashMap<String, String>();
        headers.forEach((name, value) -> filled.put(name, value.render(values, Escaping.HEADER)));
        var content = body.render(values, Escaping.of(config.request().contentType()));
        if (!content.isEmpty()) {
            filled.put(CONTENT_TYPE, config.request().contentType());
        }
        return new Outgoing(
                config.request().method(),
                URI.create(url.render(values, Escaping.URL)),
                filled,
                content,
                config.timeout());
    }

    private Map<String, String> values(Session session, Attempt attempt, String code, String app) {
        var intent = session.opening().intent();
        return Map.of(
                "to", "+" + intent.to().digits(),
                "digits", intent.to().digits(),
                "text",
                        MessageValues.of(session, attempt, code, app)
                                .text(config.texts().message(intent.language())),
                "code", code,
                "app", app,
                "language", intent.language().orElse(""),
                "session", session.id().value(),
                "attempt", Integer.toString(attempt.number()));
    }
}
