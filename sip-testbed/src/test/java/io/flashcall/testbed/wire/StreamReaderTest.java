package io.flashcall.testbed.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamReaderTest {

    private static final String BODY = "INFO sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nab\r\nc";
    private static final String BARE = "BYE sip:a SIP/2.0\r\nl : 0\r\n\r\n";

    /// A network that delivers so many bytes at a time.
    private static InputStream segmented(String text, int size) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, size));
            }
        };
    }

    private static List<String> all(InputStream in) throws IOException {
        StreamReader reader = new StreamReader(in);
        List<String> messages = new ArrayList<>();
        Optional<byte[]> next = reader.next();
        while (next.isPresent()) {
            messages.add(new String(next.get(), StandardCharsets.ISO_8859_1));
            next = reader.next();
        }
        return messages;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void messages_come_out_whole_however_they_were_cut(int size) throws IOException {
        String wire = BODY + BARE + "\r\n" + BODY + "\r\n\r\n" + BARE;
        assertThat(all(segmented(wire, size))).containsExactly(BODY, BARE, BODY, "\r\n\r\n", BARE);
    }

    @Test
    void without_Content_Length_there_is_no_body() throws IOException {
        assertThat(all(segmented("BYE sip:a SIP/2.0\r\n\r\n" + BARE, 9)))
                .containsExactly("BYE sip:a SIP/2.0\r\n\r\n", BARE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: -1 | Content-Length '-1'",
                "Content-Length: 9999999 | Content-Length '9999999' (expected: a number from 0 to 1048576)",
                "Content-Length: 5 | ended after 0 of 5 bytes",
            })
    void what_cannot_be_framed_ends_the_stream(String header, String complaint) {
        assertThatIOException()
                .isThrownBy(() -> all(segmented("BYE sip:a SIP/2.0\r\n" + header + "\r\n\r\n", 100)))
                .withMessageContaining(complaint);
    }

    @Test
    void a_header_without_end_is_bounded() {
        String endless = "BYE sip:a SIP/2.0\r\n" + "X: y\r\n".repeat(StreamReader.MOST_HEADER_BYTES / 6 + 1);
        assertThatIOException().isThrownBy(() -> all(segmented(endless, 1000))).withMessageContaining("header: 65536");
        assertThatIOException()
                .isThrownBy(() -> all(segmented("BYE sip:a SIP/2.0\r\n", 1000)))
                .withMessageContaining("ended within a header");
    }
}
