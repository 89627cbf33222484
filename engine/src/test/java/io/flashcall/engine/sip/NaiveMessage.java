package io.flashcall.engine.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// A message read the simple way: split at line ends, split at colons. Shares nothing with the views, so that
/// what the encoders write is judged by another pair of eyes.
record NaiveMessage(String startLine, List<Header> headers, String body) {

    record Header(String name, String value) {}

    static NaiveMessage of(String text) {
        int blank = text.indexOf("\n\n");
        assertThat(blank).as("the blank line of:\n%s", text).isPositive();
        assertThat(text).as("what stands alone").doesNotContain("\r", "\0");
        List<String> lines = text.substring(0, blank).lines().toList();
        var headers = lines.stream()
                .skip(1)
                .map(line -> {
                    assertThat(line).as("a header line").matches("[A-Za-z-]+: \\S.*");
                    int colon = line.indexOf(':');
                    return new Header(line.substring(0, colon), line.substring(colon + 2));
                })
                .toList();
        return new NaiveMessage(lines.getFirst(), headers, text.substring(blank + 2));
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(h -> h.name().equals(name))
                .map(Header::value)
                .toList();
    }

    String one(String name) {
        List<String> values = all(name);
        assertThat(values).as(name).hasSize(1);
        return values.getFirst();
    }
}
