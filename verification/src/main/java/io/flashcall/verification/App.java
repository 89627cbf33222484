package io.flashcall.verification;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One tenant of the service. Immutable; an instance that exists is valid.
///
/// @param id       its name in keys, metrics and paths
/// @param title    what message templates call it
/// @param policy   how it verifies where no purpose says otherwise
/// @param purposes by purpose (`login`, `transaction`, …): the policy that stands in for `policy`
/// @param access   who may reach it, and from where
/// @param guard    how much risk it takes, and how much it spends
public record App(AppId id, String title, Policy policy, Map<String, Policy> purposes, Access access, RiskGuard guard) {

    public App {
        purposes = Map.copyOf(purposes);
    }

    /// @param defaultRegion ISO 3166 region of numbers written without `+`; empty: such numbers are refused
    /// @param corsOrigins   origins whose pages may call the API with this app's publishable keys
    /// @param authorization asked before every send, where there is one
    public record Access(
            Optional<String> defaultRegion, List<String> corsOrigins, Optional<AuthorizationHook> authorization) {

        public static final Access DEFAULT = new Access(Optional.empty(), List.of(), Optional.empty());

        public Access {
            corsOrigins = List.copyOf(corsOrigins);
            defaultRegion.ifPresent(region -> {
                if (!region.matches("[A-Z]{2}")) {
                    throw new IllegalArgumentException(
                            "default_region: " + region + " (expected: two letters of ISO 3166, such as GB)");
                }
            });
        }
    }

    /// @param mostGuessChance ceiling of the chance that somebody guesses a code in one session, 0 to 1; default 0.01
    /// @param startsPerHour   starts of the whole app in an hour; empty: no limit
    /// @param budget          what its attempts may cost
    public record RiskGuard(double mostGuessChance, Optional<Integer> startsPerHour, Budget budget) {

        public static final RiskGuard DEFAULT = new RiskGuard(0.01, Optional.empty());

        /// Without a budget.
        public RiskGuard(double mostGuessChance, Optional<Integer> startsPerHour) {
            this(mostGuessChance, startsPerHour, Budget.NONE);
        }

        public RiskGuard {
            if (!(mostGuessChance > 0 && mostGuessChance <= 1)) {
                throw new IllegalArgumentException(
                        "max_guess_chance: " + mostGuessChance + " (expected: above 0, at most 1)");
            }
            startsPerHour.ifPresent(most -> {
                if (most < 1) {
                    throw new IllegalArgumentException("starts_per_hour: " + most + " (expected: 1 or more)");
                }
            });
        }
    }

    /// A synchronous question to the app's own back end before somebody is called.
    ///
    /// @param url      POSTed to, signed like a webhook
    /// @param secret   `whsec_…` that signs the question
    /// @param deadline how long the answer may take, 100 ms to 10 s
    /// @param failOpen whether no answer means allow
    public record AuthorizationHook(String url, String secret, Duration deadline, boolean failOpen) {

        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofSeconds(10);

        public AuthorizationHook {
            if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("deadline: " + deadline + " (expected: 100ms to 10s)");
            }
        }

        @Override
        public String toString() {
            return "AuthorizationHook[" + url + "]";
        }
    }

    /// What holds for a purpose.
    public Policy policyFor(String purpose) {
        return purposes.getOrDefault(purpose, policy);
    }
}
