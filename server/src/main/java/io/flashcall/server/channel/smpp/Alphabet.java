package io.flashcall.server.channel.smpp;

import io.flashcall.server.config.SmppChannelConfig.Coding;
import java.nio.charset.StandardCharsets;

/// How characters become octets, and how many of them a message takes.
enum Alphabet {
    /// GSM 03.38, a septet in each octet; the SMSC packs them.
    GSM7(0, 160, 153),
    /// ISO 8859-1.
    LATIN1(3, 140, 134),
    /// UTF-16, big endian; most phones show what is beyond UCS-2 as well.
    UCS2(8, 140, 134);

    private final int dataCoding;
    private final int most;
    private final int mostOfPart;

    /// @param most       octets of a message that is not split
    /// @param mostOfPart octets of each part of one that is
    Alphabet(int dataCoding, int most, int mostOfPart) {
        this.dataCoding = dataCoding;
        this.most = most;
        this.mostOfPart = mostOfPart;
    }

    /// The one that a text is written in.
    static Alphabet of(String text, Coding wanted) {
        return switch (wanted) {
            case AUTO -> Gsm7.canWrite(text) ? GSM7 : UCS2;
            case LATIN1 -> text.chars().allMatch(c -> c < 256) ? LATIN1 : UCS2;
            case UCS2 -> UCS2;
        };
    }

    int dataCoding() {
        return dataCoding;
    }

    int most() {
        return most;
    }

    int mostOfPart() {
        return mostOfPart;
    }

    byte[] write(String text) {
        return switch (this) {
            case GSM7 -> Gsm7.write(text);
            case LATIN1 -> text.getBytes(StandardCharsets.ISO_8859_1);
            case UCS2 -> text.getBytes(StandardCharsets.UTF_16BE);
        };
    }

    /// Octets of one character, given by its code point.
    int octets(int codePoint) {
        return switch (this) {
            case GSM7 -> Gsm7.septets((char) codePoint);
            case LATIN1 -> 1;
            case UCS2 -> 2 * Character.charCount(codePoint);
        };
    }
}
