package io.flashcall.server.config;

import java.util.regex.Pattern;

/// Sizes in bytes as people write them: `65536`, `64KiB`, `8MiB`, `1GiB`; at most 2 GiB − 1.
public final class Sizes {

    static final String EXPECTED = "a size below 2GiB, such as 65536, 64KiB or 8MiB";

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,10})(|B|KiB|MiB|GiB)");

    private Sizes() {}

    /// @throws BadValueException when `text` is not a size
    public static int parse(String text) {
        var amount = AMOUNT.matcher(text);
        if (amount.matches()) {
            long units = Long.parseLong(amount.group(1));
            int shift = shift(amount.group(2));
            if (units <= Integer.MAX_VALUE >> shift) {
                return (int) (units << shift);
            }
        }
        throw new BadValueException(text, EXPECTED);
    }

    /// In the largest unit that is exact.
    public static String text(int bytes) {
        for (var unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes != 0 && bytes % (1 << shift(unit)) == 0) {
                return (bytes >> shift(unit)) + unit;
            }
        }
        return String.valueOf(bytes);
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "GiB" -> 30;
            case "MiB" -> 20;
            case "KiB" -> 10;
            default -> 0;
        };
    }
}
