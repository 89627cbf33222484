package io.flashcall.server.http.message;

import io.flashcall.server.config.Spelling;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parameters of a query. Belongs to one thread.
public final class Query {

    private final Map<String, String> values;
    private final Set<String> known = new LinkedHashSet<>();

    Query(Map<String, String> values) {
        this.values = values;
    }

    /// Empty when it is not there, or has no value.
    public Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /// How many to answer with: 1 to 100.
    public int limit() {
        var text = text("limit");
        if (text.isEmpty()) {
            return Page.USUAL;
        }
        try {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= Page.MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong("limit", text.get(), "a whole number from 1 to " + Page.MOST);
    }

    /// A point in time, or the beginning of a day (UTC).
    public Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return text.length() == "2026-01-31".length()
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            } catch (DateTimeException e) {
                throw wrong(name, text, "a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31");
            }
        });
    }

    /// To be called last: parameters that nobody asked for are mistakes.
    public void done() {
        for (var name : values.keySet()) {
            if (!known.contains(name)) {
                var nearest = Spelling.nearest(name, known);
                throw Problem.INVALID_PARAMETER.with("There is no parameter “" + Echo.of(name) + "” here"
                        + nearest.map(near -> "; did you mean “" + near + "”?").orElse(".")
                        + (known.isEmpty() ? " This path takes none." : " It takes " + String.join(", ", known) + "."));
            }
        }
    }

    /// A parameter has a value that it cannot have.
    public static ProblemException wrong(String name, String value, String expected) {
        return Problem.INVALID_PARAMETER.with(
                "The parameter “" + name + "” is “" + Echo.of(value) + "” (expected: " + expected + ").");
    }
}
