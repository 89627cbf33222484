package io.flashcall.engine.sip;

import java.nio.charset.StandardCharsets;

/// How a trunk writes telephone numbers. Immutable; writing allocates nothing.
public final class NumberFormat {

    private static final NumberFormat PLUS_E164 = new NumberFormat(0, "", "+");
    private static final NumberFormat E164 = new NumberFormat(0, "", "");

    /// Packed digits of the country whose numbers are written the national way, or 0 for none.
    private final long country;

    private final byte[] nationalPrefix;
    private final byte[] internationalPrefix;

    private NumberFormat(long country, String nationalPrefix, String internationalPrefix) {
        this.country = country;
        this.nationalPrefix = nationalPrefix.getBytes(StandardCharsets.US_ASCII);
        this.internationalPrefix = internationalPrefix.getBytes(StandardCharsets.US_ASCII);
    }

    /// `+442079460123`.
    public static NumberFormat plusE164() {
        return PLUS_E164;
    }

    /// `442079460123`.
    public static NumberFormat e164() {
        return E164;
    }

    /// Numbers of one country as dialled within it, all others with a prefix: `02079460123`, `0012025550123`.
    ///
    /// @param countryCode         1..3 digits
    /// @param nationalPrefix      stands in for the country code; 0..8 of `0`..`9` `+` `*`
    /// @param internationalPrefix stands before all other numbers; likewise
    /// @throws IllegalArgumentException naming the value and what was expected
    public static NumberFormat national(String countryCode, String nationalPrefix, String internationalPrefix) {
        if (!countryCode.matches("[1-9][0-9]{0,2}")) {
            throw WireText.rejected("countryCode", countryCode, "1 to 3 digits, the first not 0");
        }
        return new NumberFormat(
                Digits.pack(countryCode),
                WireText.dialPrefix("nationalPrefix", nationalPrefix),
                WireText.dialPrefix("internationalPrefix", internationalPrefix));
    }

    /// Writes the number at `at`; at most `maxLength` bytes.
    ///
    /// @param packed as `Digits` packs it
    /// @return the index after the last byte
    public int write(long packed, byte[] out, int at) {
        boolean national = country != 0 && Digits.startsWith(packed, country);
        byte[] prefix = national ? nationalPrefix : internationalPrefix;
        System.arraycopy(prefix, 0, out, at, prefix.length);
        int digits = Digits.length(packed) - (national ? Digits.length(country) : 0);
        return Digits.writeLast(packed, digits, out, at + prefix.length);
    }

    /// The most bytes that `write` writes.
    public int maxLength() {
        return Digits.MAX + Math.max(nationalPrefix.length, internationalPrefix.length);
    }
}
