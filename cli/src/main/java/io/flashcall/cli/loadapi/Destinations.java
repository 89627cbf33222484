package io.flashcall.cli.loadapi;

/// The numbers that loads call: +447100000000 to +447399999999, all valid UK mobile numbers. A load begins where
/// no load of the last two days was, so that neither its service's limits nor its caller ids' cool-down remember
/// them; as long as none of them starts more than 1,000 sessions a second.
final class Destinations {

    private static final long FIRST = 447_100_000_000L;
    private static final long COUNT = 200_000_000;

    private Destinations() {}

    /// Digits of the first number of a load.
    static long first(long epochMillis) {
        return FIRST + epochMillis % COUNT;
    }
}
