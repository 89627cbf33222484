package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.server.net.Outgoing;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import io.flashcall.verification.channel.CallReference;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/// What is asked of one provider, ready to be filled in. Immutable.
final class ProviderRequest {

    private static final String CONTENT_TYPE = "Content-Type";

    private final HttpChannelConfig config;
    private final Template url;
    private final Template body;
    private final Map<String, Template> headers = new HashMap<>();
    private final Map<String, Template> form = new TreeMap<>();

    ProviderRequest(HttpChannelConfig config) {
        this.config = config;
        var request = config.request();
        var names = new HashSet<>(HttpChannelConfig.REQUEST_VALUES);
        names.addAll(request.constants().keySet());
        this.url = new Template(request.url(), names);
        this.body = new Template(request.content().body(), names);
        request.headers().forEach((name, value) -> headers.put(name, new Template(value, names)));
        request.content().form().forEach((name, value) -> form.put(name, new Template(value, names)));
    }

    /// @param app what the app is called
    /// @throws IllegalArgumentException when what comes out is no URL
    Outgoing fill(Session session, Attempt attempt, String code, String app) {
        var values = values(session, attempt, code, app);
        var filled = new HashMap<String, String>();
        headers.forEach((name, value) -> filled.put(name, value.render(values, Escaping.HEADER)));
        var type = config.request().content().type();
        var content = form.isEmpty() ? body.render(values, Escaping.of(type)) : form(values);
        if (!content.isEmpty()) {
            filled.put(CONTENT_TYPE, type);
        }
        return new Outgoing(
                config.request().method(),
                URI.create(url.render(values, Escaping.URL)),
                filled,
                content,
                config.answers().timeout());
    }

    /// Fields that come out empty are left out.
    private String form(Map<String, String> values) {
        var fields = new ArrayList<String>();
        form.forEach((name, template) -> {
            var value = template.render(
                    values, Escaping.within(config.request().content().form().getOrDefault(name, "")));
            if (!value.isEmpty()) {
                fields.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return String.join("&", fields);
    }

    private Map<String, String> values(Session session, Attempt attempt, String code, String app) {
        var intent = session.opening().intent();
        var message = MessageValues.of(session, attempt, code, app);
        var values = new HashMap<>(config.request().constants());
        values.putAll(message.byName());
        values.put("to", "+" + intent.to().digits());
        values.put("digits", intent.to().digits());
        values.put("text", message.text(config.texts().message(intent.language())));
        values.put("language", intent.language().orElse(""));
        values.put("session", session.id().value());
        values.put("attempt", Integer.toString(attempt.number()));
        values.put("reference", new CallReference(session.id(), attempt.number()).toString());
        return values;
    }
}
