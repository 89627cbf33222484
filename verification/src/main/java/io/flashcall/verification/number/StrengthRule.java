package io.flashcall.verification.number;

import io.flashcall.verification.App;
import io.flashcall.verification.ChannelName;
import io.flashcall.verification.PlannedChannel;
import io.flashcall.verification.Policy;
import io.flashcall.verification.Terms;
import io.flashcall.verification.routing.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// No code may be easier to guess than its app allows: the chance that somebody who knows the pool hits a code of a
/// session, with all its checks against the codes of all its sends, stays at or below the app's `max_guess_chance`.
/// Thread-safe.
public final class StrengthRule {

    private final CallerIdPools pools;

    public StrengthRule(CallerIdPools pools) {
        this.pools = pools;
    }

    /// How many guesses go at how many codes of how many digits.
    private record Odds(int codeLength, int checks, int sends) {

        static Odds usual(Policy policy) {
            return new Odds(
                    policy.codeLength().usual(),
                    policy.checks().usual(),
                    policy.sends().usual());
        }

        static Odds of(Terms terms) {
            return new Odds(terms.codeLength(), terms.checks(), terms.sends());
        }
    }

    /// What is wrong with an app's policy and purposes, as they are where a request asks for nothing else, over every
    /// pool that a route draws from. Pools that do not exist or have nothing to show are passed over: they make no
    /// calls.
    ///
    /// @return problems of the fields `policy` and `purposes.NAME`, one for each pool that is too weak
    public List<Problem> check(App app, List<Route> routes) {
        var problems = new ArrayList<Problem>();
        check("policy", app, app.policy(), routes, problems);
        new TreeMap<>(app.purposes())
                .forEach((purpose, policy) -> check("purposes." + purpose, app, policy, routes, problems));
        return problems;
    }

    /// Whether a start's terms are too weak for one of the pools that its routes draw from.
    ///
    /// @return a problem of the field `code_length`
    public Optional<Problem> check(App app, Terms terms, List<Route> routes) {
        return hasFlashCall(terms.channels())
                ? tooWeak(app, Odds.of(terms), routes).stream()
                        .findFirst()
                        .map(detail -> new Problem("code_length", detail))
                : Optional.empty();
    }

    /// Whether what was drawn is too easy to guess under these terms.
    ///
    /// @param strength over what was eligible for the destination
    /// @return a sentence for the timeline
    public static Optional<String> check(App app, Terms terms, String pool, Strength strength) {
        return describe(app, Odds.of(terms), pool, strength);
    }

    private void check(String field, App app, Policy policy, List<Route> routes, List<Problem> problems) {
        if (hasFlashCall(policy.channels())) {
            tooWeak(app, Odds.usual(policy), routes).forEach(detail -> problems.add(new Problem(field, detail)));
        }
    }

    private List<String> tooWeak(App app, Odds odds, List<Route> routes) {
        var details = new ArrayList<String>();
        for (var pool : routes.stream().map(Route::pool).distinct().toList()) {
            pools.strength(pool, odds.codeLength)
                    .filter(strength -> strength.distinct() > 0)
                    .flatMap(strength -> describe(app, odds, pool, strength))
                    .ifPresent(details::add);
        }
        return details;
    }

    private static Optional<String> describe(App app, Odds odds, String pool, Strength strength) {
        double most = app.guard().mostGuessChance();
        if (strength.keeps(odds.checks, odds.sends, most)) {
            return Optional.empty();
        }
        int needed = Strength.needed(odds.checks, odds.sends, most);
        var remedy = needed <= Digits.power(odds.codeLength)
                ? "needs " + needed
                : "no pool has enough: ask for more digits, or allow fewer checks or sends";
        return Optional.of("pool " + pool + " has " + strength.distinct() + " distinct endings of " + odds.codeLength
                + " digits: in a session of " + odds.checks + " checks and " + odds.sends
                + " sends a code is guessed with a chance of "
                + percent(strength.guessChance(odds.checks, odds.sends)) + " (expected: at most " + percent(most) + "; "
                + remedy + ")");
    }

    private static boolean hasFlashCall(List<PlannedChannel> channels) {
        return channels.stream().anyMatch(channel -> channel.name().equals(ChannelName.FLASH_CALL));
    }

    private static String percent(double chance) {
        return String.format(Locale.ROOT, "%.3g", 100 * chance) + " %";
    }
}
