package io.flashcall.testbed.registrar;

import io.flashcall.testbed.option.Parameters;
import java.time.Duration;
import java.util.List;

/// How a carrier takes registrations.
///
/// @param shortest a shorter wish gets 423 with Min-Expires
/// @param longest a longer wish is granted this
/// @param serviceRoutes the values of Service-Route in 200 (RFC 3608), from top to bottom; `{host}` is the
///     carrier
/// @param outage which REGISTERs get 503 instead
/// @param callsNeedIt whether calls of who is not registered get 403
public record RegistrarPolicy(
        Duration shortest, Duration longest, List<String> serviceRoutes, Outage outage, boolean callsNeedIt) {

    /// @param from the first REGISTER that gets 503, counted from 1 and retransmissions left out; 0: none does
    /// @param count how many do
    /// @param retryAfter seconds for Retry-After; 0 leaves it out
    public record Outage(int from, int count, int retryAfter) {

        boolean hits(int number) {
            return from > 0 && number >= from && number < from + count;
        }
    }

    public RegistrarPolicy {
        serviceRoutes = List.copyOf(serviceRoutes);
    }

    /// Reads what [#describe] lists; a bare value is `max`.
    ///
    /// @throws IllegalArgumentException naming the value and what was expected
    public static RegistrarPolicy parse(String text) {
        Parameters parameters = new Parameters("registrar", text, "max");
        Duration shortest = Duration.ofSeconds(parameters.count("min", 1, 1, 86_400));
        Duration longest = Duration.ofSeconds(parameters.count("max", 3600, 1, 86_400));
        String routes = parameters.word("service-route", "");
        Outage outage = new Outage(
                parameters.count("outage-from", 0, 1, 1_000_000),
                parameters.count("outage-count", 1, 1, 1_000_000),
                parameters.count("retry-after", 0, 0, 86_400));
        boolean callsNeedIt = parameters.flag("calls", false);
        parameters.refuseUnknown();
        if (shortest.compareTo(longest) > 0) {
            throw parameters.bad("min", Long.toString(shortest.toSeconds()), "at most max, " + longest.toSeconds());
        }
        List<String> split = routes.isEmpty() ? List.of() : List.of(routes.split("\\|", -1));
        return new RegistrarPolicy(shortest, longest, split, outage, callsNeedIt);
    }

    /// The parameters of [#parse] with their defaults, a line each; for `--help`.
    public static String describe() {
        return """
                  max=3600,min=1                   seconds; a shorter wish gets 423, a longer one max
                  service-route=URI|URI            Service-Route in 200 (RFC 3608); {host} is the carrier
                  outage-from=N,outage-count=1     from the Nth REGISTER on so many get 503
                  retry-after=SECONDS              in those
                  calls=false                      true: calls of who is not registered get 403
                """;
    }
}
