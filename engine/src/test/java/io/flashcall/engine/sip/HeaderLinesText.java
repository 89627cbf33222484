package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;

/// Header lines as text, for tests.
public final class HeaderLinesText {

    private HeaderLinesText() {}

    public static String of(HeaderLines lines) {
        byte[] bytes = new byte[lines.length()];
        var writer = new WireWriter();
        writer.start(bytes);
        lines.writeTo(writer);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
