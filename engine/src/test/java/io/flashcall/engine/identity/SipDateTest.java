package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SipDateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2010-11-13T23:29:00Z | Sat, 13 Nov 2010 23:29:00 GMT",
                "2026-09-01T00:00:00Z | Tue, 01 Sep 2026 00:00:00 GMT",
                "2024-02-29T23:59:59Z | Thu, 29 Feb 2024 23:59:59 GMT"
            })
    void a_date_is_written_as_rfc_3261_has_it_and_read_again(Instant time, String text) {
        assertThat(SipDate.text(time)).isEqualTo(text);
        assertThat(SipDate.parse(text)).contains(time);
    }

    @Test
    void a_fraction_of_a_second_is_left_out() {
        assertThat(SipDate.text(Instant.parse("2010-11-13T23:29:00.999Z"))).isEqualTo("Sat, 13 Nov 2010 23:29:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "Sat, 13 Nov 2010 23:29:00",
                "Sat, 13 Nov 2010 23:29:00 UTC",
                "Sat, 13 Nov 2010 23:29:00 +0000",
                "Sun, 13 Nov 2010 23:29:00 GMT",
                "Sat, 32 Nov 2010 23:29:00 GMT",
                "Mon, 1 Nov 2010 23:29:00 GMT",
                "Sat, 13 Nov 10 23:29:00 GMT",
                "Sat, 13 Nov 2010 24:29:00 GMT",
                "Saturday, 13-Nov-10 23:29:00 GMT"
            })
    void anything_else_is_not_a_date(String text) {
        assertThat(SipDate.parse(text)).isEmpty();
    }
}
