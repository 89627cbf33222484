package io.flashcall.engine.agent;

import java.util.List;
import java.util.stream.Stream;

/// Texts that want to end the field that they stand in.
final class HostileText {

    /// U+010D and U+010A become CR and LF where a char is cut to a byte.
    private static final List<String> EVIL = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\nX-Evil: 1",
            "\nX-Evil: 1",
            "\rX-Evil: 1",
            "\r\n X-Evil: 1",
            "\r\n\r\nX-Evil",
            "\u010d\u010aX-Evil: 1",
            "\0",
            "\t",
            "\u000b",
            "\u007f",
            "\u0085X-Evil: 1",
            "\u2028X-Evil: 1",
            "%0d%0aX-Evil:%201",
            "\\r\\nX-Evil: 1",
            "\"",
            "\\",
            "\";X-Evil=\"",
            "<",
            ">",
            ">;X-Evil=1;x=<sip:a",
            ", <sip:X-Evil@a>",
            ";X-Evil=1",
            "@X-Evil",
            "?X-Evil=1",
            " X-Evil",
            "{cseq}",
            "{credentials}",
            "é",
            "٣",
            "\ud800",
            "\udc00\ud800",
            "\ud83d\ude00",
            "1".repeat(300),
            "a".repeat(70_000));

    private HostileText() {}

    /// Alone, and ahead of, behind and within a good value.
    static Stream<String> around(String good) {
        int middle = good.length() / 2;
        return EVIL.stream()
                .flatMap(evil -> Stream.of(
                        evil, evil + good, good + evil, good.substring(0, middle) + evil + good.substring(middle)));
    }

    static List<String> evil() {
        return EVIL;
    }
}
