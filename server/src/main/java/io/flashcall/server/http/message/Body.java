package io.flashcall.server.http.message;

import java.nio.charset.StandardCharsets;

/// The bytes of a request's body.
public final class Body {

    public static final Body NONE = new Body(new byte[0]);

    private final byte[] bytes;

    public Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
