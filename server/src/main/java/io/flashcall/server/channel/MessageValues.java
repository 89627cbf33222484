package io.flashcall.server.channel;

import io.flashcall.server.config.HttpChannelConfig;
import io.flashcall.verification.Attempt;
import io.flashcall.verification.Session;
import java.time.Duration;
import java.util.Map;

/// What the messages of one attempt may name: the code, the app, the time that is left. Holds the code: not for logs.
public final class MessageValues {

    private final Map<String, String> values;

    private MessageValues(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// @param app what the app is called
    public static MessageValues of(Session session, Attempt attempt, String code, String app) {
        return new MessageValues(Map.of(
                "code",
                code,
                "spaced_code",
                String.join(" ", code.split("")),
                "app",
                app,
                "minutes",
                Long.toString(minutes(session, attempt))));
    }

    /// By name, see [HttpChannelConfig#MESSAGE_VALUES].
    public Map<String, String> byName() {
        return values;
    }

    /// A message as the user reads or hears it.
    public String text(String template) {
        return new Template(template, HttpChannelConfig.MESSAGE_VALUES).render(values, Escaping.NONE);
    }

    /// Minutes that the code is good for, rounded, at least one.
    private static long minutes(Session session, Attempt attempt) {
        var left = Duration.between(attempt.times().begun(), session.opening().expiresAt());
        return Math.max(1, left.plusSeconds(30).toMinutes());
    }
}
