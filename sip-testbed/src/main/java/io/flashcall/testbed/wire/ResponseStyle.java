package io.flashcall.testbed.wire;

import java.nio.charset.StandardCharsets;

/// How a response is written: [PlainStyle] as everybody does, [OddStyle] as the grammar also allows.
public sealed interface ResponseStyle permits PlainStyle, OddStyle {

    String write(SipResponse response);

    /// The bytes of [#write], one for each character.
    default byte[] bytes(SipResponse response) {
        return write(response).getBytes(StandardCharsets.ISO_8859_1);
    }
}
