package io.flashcall.server.channel.smpp;

import java.util.Arrays;

/// The alphabet of GSM 03.38 (3GPP TS 23.038 section 6.2.1) with its extension table, one septet in each octet. Of a
/// character outside of it there is no septet; every one of it is a single `char`.
final class Gsm7 {

    private static final byte ESCAPE = 0x1b;

    // By septet; the escape stands for itself.
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final byte[] EXTENDED_SEPTETS = {0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65};

    private Gsm7() {}

    static boolean canWrite(String text) {
        return text.chars().allMatch(c -> septets((char) c) > 0);
    }

    /// How many septets a character takes: 1, 2 with the escape, 0 if there are none.
    static int septets(char c) {
        if (c != ESCAPE && BASIC.indexOf(c) >= 0) {
            return 1;
        }
        return EXTENDED.indexOf(c) >= 0 ? 2 : 0;
    }

    /// @throws IllegalArgumentException when a character is not of the alphabet
    static byte[] write(String text) {
        var octets = new byte[2 * text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (septets(c)) {
                case 1 -> octets[length++] = (byte) BASIC.indexOf(c);
                case 2 -> {
                    octets[length++] = ESCAPE;
                    octets[length++] = EXTENDED_SEPTETS[EXTENDED.indexOf(c)];
                }
                default -> throw new IllegalArgumentException("a character that is not of GSM 03.38");
            }
        }
        return Arrays.copyOf(octets, length);
    }
}
