package io.flashcall.engine.identity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Date header of RFC 3261 §20.17, such as `Sat, 13 Nov 2010 23:29:00 GMT`: no other zone, two digits for
/// the day. The names are spelled out here, since those of the JDK depend on its locale data.
final class SipDate {

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendText(ChronoField.DAY_OF_WEEK, numbered(DAYS))
            .appendPattern(", dd ")
            .appendText(ChronoField.MONTH_OF_YEAR, numbered(MONTHS))
            .appendPattern(" uuuu HH:mm:ss 'GMT'")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private SipDate() {}

    /// @param time its fraction of a second is left out
    static String text(Instant time) {
        return FORMAT.format(time.atOffset(ZoneOffset.UTC));
    }

    /// Reads a header value; nothing if it is not such a date, or its weekday is another's.
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), FORMAT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<Long, String> numbered(List<String> names) {
        Map<Long, String> byNumber = new HashMap<>();
        for (String name : names) {
            byNumber.put(byNumber.size() + 1L, name);
        }
        return byNumber;
    }
}
