package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Coding;

/// As how many parts an SMS counts that somebody else encodes: in GSM 03.38 where that can write it, else in UCS-2.
public final class SmsParts {

    private SmsParts() {}

    /// 1 or more.
    public static int of(String text) {
        var alphabet = Alphabet.of(text, Coding.AUTO);
        return alphabet.write(text).length <= alphabet.most()
                ? 1
                : Encoder.pieces(text, alphabet).size();
    }
}
