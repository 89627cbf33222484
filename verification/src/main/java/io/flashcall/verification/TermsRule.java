package io.flashcall.verification;

import io.flashcall.verification.Verifications.StartRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settles what holds for a session: the app's policy for its purpose, with the request's wishes where the
/// policy allows them.
///
/// @param strength judges whether a flash call's codes are hard enough to guess under these terms
/// @param times    how long users have on a channel for which the app's order names no time; the usual time where it is
///                 absent
public record TermsRule(StrengthCheck strength, Map<ChannelName, Duration> times) {

    public TermsRule {
        times = Map.copyOf(times);
    }

    /// @see io.flashcall.verification.number.StrengthRule
    @FunctionalInterface
    public interface StrengthCheck {

        /// @return what is wrong; empty: nothing
        Optional<String> problem(App app, Terms terms);
    }

    /// What wishes came to.
    sealed interface Settled {

        record Agreed(Terms terms) implements Settled {}

        /// @param field as the API names it
        record Refused(String field, String detail) implements Settled {}
    }

    Settled settle(StartRequest request) {
        var wishes = request.wishes();
        var policy = request.app().policyFor(request.subject().purpose());
        var requested = wishes.requestedCode();
        if (requested.isPresent() && !request.caller().server()) {
            return new Settled.Refused("requested_code", "a publishable key may not choose the code (expected: none)");
        }
        var codeLength = requested.map(String::length).or(wishes::codeLength);
        if (requested.isPresent()
                && wishes.codeLength().isPresent()
                && !wishes.codeLength().equals(codeLength)) {
            return new Settled.Refused("code_length", "expected: the length of requested_code, or none");
        }
        var refusal = refusal(requested.isPresent() ? "requested_code" : "code_length", codeLength, policy.codeLength())
                .or(() -> refusal("ttl_seconds", wishes.timeToLive(), policy.timeToLive()))
                .or(() -> refusal("checks", wishes.checks(), policy.checks()))
                .or(() -> refusal("sends", wishes.sends(), policy.sends()))
                .or(() -> refusal("ring_time_ms", wishes.ringTime(), policy.ringTime()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var channels = channels(wishes.channels(), policy);
        if (channels.isEmpty()) {
            return new Settled.Refused(
                    "channels",
                    wishes.channels().map(List::toString).orElse("[]") + " (expected: some of "
                            + policy.channels().stream()
                                    .map(PlannedChannel::name)
                                    .toList() + ", each once)");
        }
        return agreed(
                request,
                new Terms(
                        codeLength.orElse(policy.codeLength().usual()),
                        wishes.timeToLive().orElse(policy.timeToLive().usual()),
                        wishes.checks().orElse(policy.checks().usual()),
                        wishes.sends().orElse(policy.sends().usual()),
                        channels.stream().map(this::timed).toList(),
                        wishes.ringTime().orElse(policy.ringTime().usual())));
    }

    /// A code that somebody else chose is as strong as they made it. How large our pools are is for server keys alone.
    private Settled agreed(StartRequest request, Terms terms) {
        var problem = request.wishes().requestedCode().isPresent()
                ? Optional.<String>empty()
                : strength.problem(request.app(), terms);
        if (problem.isEmpty()) {
            return new Settled.Agreed(terms);
        }
        var detail = request.caller().server() ? problem.get() : "too easy to guess (expected: fewer checks)";
        return new Settled.Refused("checks", detail);
    }

    private PlannedChannel timed(PlannedChannel channel) {
        return channel.orWithin(times.getOrDefault(channel.name(), PlannedChannel.USUAL_TIME));
    }

    private static List<PlannedChannel> channels(Optional<List<ChannelName>> wished, Policy policy) {
        if (wished.isEmpty()) {
            return policy.channels();
        }
        var chosen = new ArrayList<PlannedChannel>();
        for (var name : wished.get()) {
            var planned = policy.channels().stream()
                    .filter(channel -> channel.name().equals(name))
                    .findFirst();
            if (planned.isEmpty() || chosen.contains(planned.get())) {
                return List.of();
            }
            chosen.add(planned.get());
        }
        return chosen;
    }

    private static <T extends Comparable<T>> Optional<Settled> refusal(
            String field, Optional<T> wish, Bounded<T> bounds) {
        return wish.filter(value -> !bounds.allows(value))
                .map(value -> new Settled.Refused(
                        field,
                        said(field, value) + " (expected: " + said(field, bounds.least()) + " to "
                                + said(field, bounds.most()) + ")"));
    }

    private static String said(String field, Object value) {
        if (value instanceof Duration duration) {
            return String.valueOf(field.endsWith("_ms") ? duration.toMillis() : duration.toSeconds());
        }
        return field.equals("requested_code") ? value + " digits" : value.toString();
    }
}
