package io.flashcall.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CacheControlTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Nothing: 1 | PT1H",
                "Cache-Control: public | PT1H",
                "Cache-Control: max-age=90 | PT1M30S",
                "Cache-Control: public, Max-Age=90, immutable | PT1M30S",
                "Cache-Control: max-age=\"90\" | PT1M30S",
                "Cache-Control: s-maxage=5 | PT1H",
                "Cache-Control: max-age=0 | PT0S",
                "Cache-Control: max-age=86401 | PT24H",
                "Cache-Control: max-age=999999999999999999 | PT24H",
                "Cache-Control: no-store | PT0S",
                "Cache-Control: max-age=90, no-cache | PT0S",
                "Cache-Control: public; Cache-Control: no-store | PT0S",
                "Cache-Control: max-age=90; Age: 60 | PT30S",
                "Cache-Control: max-age=90; Age: 91 | PT0S",
                "Cache-Control: max-age=90; Age: soon | PT1M30S",
                "Expires: Thu, 26 Nov 2026 10:05:00 GMT | PT5M",
                "Expires: Thu, 26 Nov 2026 10:05:00 GMT; Date: Thu, 26 Nov 2026 10:04:00 GMT | PT1M",
                "Expires: Thu, 26 Nov 2026 09:00:00 GMT | PT0S",
                "Expires: Sun, 26 Nov 2028 10:00:00 GMT | PT24H",
                "Expires: 0 | PT0S",
                "Cache-Control: max-age=90; Expires: Thu, 26 Nov 2026 10:05:00 GMT | PT1M30S"
            })
    void an_answer_is_kept_as_long_as_its_headers_allow(String headers, Duration lifetime) {
        var all = new DefaultHttpHeaders();
        for (String line : headers.split("; ", -1)) {
            all.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }

        assertThat(CacheControl.lifetime(all, NOW)).isEqualTo(lifetime);
    }
}
