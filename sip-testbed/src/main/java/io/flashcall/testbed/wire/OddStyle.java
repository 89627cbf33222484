package io.flashcall.testbed.wire;

import java.util.List;
import java.util.Locale;

/// Legal, and as unlike [PlainStyle] as RFC 3261 §7.3 and §25 allow: compact and oddly cased names, blanks around the
/// colon, folded values, headers nobody knows, and kilobytes of them.
///
/// @param filler bytes of unknown headers to add, 0 to 60000
public record OddStyle(int filler) implements ResponseStyle {

    private static final String[] NAME_END = {":", " : ", "\t:\t", ":\r\n "};
    private static final int LINE = 200;

    @Override
    public String write(SipResponse response) {
        StringBuilder out = new StringBuilder(1024 + filler);
        out.append("SIP/2.0 ").append(response.status()).append("  a \"reason\" phrase; of=our own, \u00c3\u00a9 \r\n");
        out.append("X-Empty:\r\n");
        appendFiller(out, filler / 2);
        List<SipResponse.Field> fields = response.fields();
        for (int i = 0; i < fields.size(); i++) {
            SipResponse.Field field = fields.get(i);
            out.append(oddName(field.name(), i)).append(NAME_END[i % NAME_END.length]);
            out.append(fold(field)).append("  \r\n");
        }
        appendFiller(out, filler - filler / 2);
        out.append("Via-Not: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKdecoy\r\n");
        out.append("Subject: \"Call-ID: decoy\r\n\tCSeq: 1 DECOY\"\r\n");
        out.append("l :\t").append(response.body().length()).append("\r\n\r\n");
        return out.append(response.body()).toString();
    }

    private static String oddName(String name, int index) {
        for (HeaderName known : HeaderName.values()) {
            if (known.longForm().equals(name) && known.compactForm().isPresent()) {
                String compact = known.compactForm().get();
                return index % 2 == 0 ? compact : compact.toUpperCase(Locale.ROOT);
            }
        }
        return index % 2 == 0 ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    }

    /// Folds where the grammar has LWS: before a header parameter, and between the number and the method of CSeq.
    private static String fold(SipResponse.Field field) {
        String value = field.value();
        if (field.name().equals("CSeq")) {
            return value.replace(" ", " \r\n\t ");
        }
        int parameters = value.lastIndexOf('>');
        if (field.name().equals("Via")) {
            parameters = 0;
        } else if (parameters < 0) {
            return value;
        }
        return value.substring(0, parameters) + value.substring(parameters).replace(";", "\r\n  ; ");
    }

    private static void appendFiller(StringBuilder out, int bytes) {
        int end = out.length() + bytes;
        for (int line = 0; out.length() + 40 < end; line++) {
            String name = "X-Unheard-Of-" + line + ": ";
            out.append(name);
            out.repeat("abcdefghij ", Math.min(LINE, end - out.length()) / 11 + 1);
            out.append("\r\n");
        }
    }
}
