package io.flashcall.engine;

import java.util.List;

/// The numbers that a trunk may show: what its owner was assigned. Anything else is refused, so that nobody's number
/// but the operator's is ever put on a screen.
///
/// @param ranges            may be empty: then every call is refused
/// @param flashCallsAllowed whether the contract with the carrier allows flash calls; without it every call is refused
public record CallerIds(List<Range> ranges, boolean flashCallsAllowed) {

    public CallerIds {
        ranges = List.copyOf(ranges);
    }

    public boolean owns(E164 number) {
        if (!flashCallsAllowed) {
            return false;
        }
        for (var range : ranges) {
            if (range.contains(number)) {
                return true;
            }
        }
        return false;
    }

    /// Numbers of equal length, from `first` to `last`.
    public record Range(E164 first, E164 last) {

        public Range {
            if (first.digits().length() != last.digits().length()
                    || first.digits().compareTo(last.digits()) > 0) {
                throw new IllegalArgumentException(
                        "caller ids: " + first + ".." + last + " (expected: two numbers of equal length, lower first)");
            }
        }

        /// Reads `+12025550123`, `+12025550100..+12025550199` or `+120255501xx`.
        ///
        /// @throws IllegalArgumentException naming the masked value and what was expected
        public static Range parse(String text) {
            int dots = text.indexOf("..");
            if (dots >= 0) {
                return new Range(E164.parse(text.substring(0, dots)), E164.parse(text.substring(dots + 2)));
            }
            if (!text.matches("[^x]*x*")) {
                throw new IllegalArgumentException(
                        "caller ids: " + E164.mask(text) + " (expected: x at the end alone, such as +120255501xx)");
            }
            return new Range(E164.parse(text.replace('x', '0')), E164.parse(text.replace('x', '9')));
        }

        boolean contains(E164 number) {
            return number.digits().length() == first.digits().length()
                    && number.digits().compareTo(first.digits()) >= 0
                    && number.digits().compareTo(last.digits()) <= 0;
        }
    }
}
