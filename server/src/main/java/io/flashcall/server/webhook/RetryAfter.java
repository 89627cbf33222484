package io.flashcall.server.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Reads the header of that name (RFC 9110 §10.2.3): seconds, or a date.
final class RetryAfter {

    /// No receiver holds us off for longer.
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /// How long to stay away, at most [#LONGEST]; empty when the header says nothing that can be read.
    static Optional<Duration> read(String header, Instant now) {
        var text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(bounded(Duration.ofSeconds(Integer.parseInt(text))));
        }
        try {
            var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(bounded(Duration.between(now, date.toInstant())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
