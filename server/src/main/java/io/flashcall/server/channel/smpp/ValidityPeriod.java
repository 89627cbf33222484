package io.flashcall.server.channel.smpp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes until when a message is of use, SMPP 3.4 section 7.1.1: `YYMMDDhhmmsstnnp`.
final class ValidityPeriod {

    private static final DateTimeFormatter ABSOLUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmmss").withZone(ZoneOffset.UTC);

    private ValidityPeriod() {}

    /// From now on; a second at least.
    static String relative(Duration left) {
        var time = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        return "0000%02d%02d%02d%02d000R"
                .formatted(time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }

    /// At that second, UTC.
    static String absolute(Instant at) {
        return ABSOLUTE.format(at) + "000+";
    }
}
