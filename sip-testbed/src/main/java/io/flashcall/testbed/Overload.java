package io.flashcall.testbed;

import java.time.Duration;
import java.util.Locale;

/// The overload feedback that responses carry in Via, for callers whose Via has `oc` (RFC 7339 §4).
///
/// @param algorithm `loss` (RFC 7339 §5.3) or `rate` (RFC 7415)
/// @param value percent of requests to withhold, 0 to 100, or requests a second
/// @param validity how long that holds
/// @param sequence grows with each change, or is repeated for an old one
public record Overload(String algorithm, int value, Duration validity, double sequence) {

    /// The Via parameters, from `;oc=` on.
    String parameters() {
        return String.format(
                Locale.ROOT,
                ";oc=%d;oc-algo=\"%s\";oc-validity=%d;oc-seq=%.3f",
                value,
                algorithm,
                validity.toMillis(),
                sequence);
    }
}
