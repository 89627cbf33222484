package io.flashcall.verification.channel;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What holds for a channel besides what makes it work, whatever kind it is.
///
/// @param pace      attempts that may begin in one second, on each node; 1 or more; empty: as many as are asked for
/// @param time      how long users have where an app's order of channels names no time
/// @param countries where it is offered
public record ChannelRules(Optional<Integer> pace, Optional<Duration> time, Countries countries) {

    /// Any number, everywhere.
    public static final ChannelRules NONE = new ChannelRules(Optional.empty(), Optional.empty(), Countries.ALL);

    /// ISO 3166 regions of the numbers that are to be reached.
    ///
    /// @param only   it is offered in these alone; empty: in all
    /// @param except and not in these
    public record Countries(Set<String> only, Set<String> except) {

        public static final Countries ALL = new Countries(Set.of(), Set.of());

        public Countries {
            only = Set.copyOf(only);
            except = Set.copyOf(except);
        }

        boolean include(String country) {
            return (only.isEmpty() || only.contains(country)) && !except.contains(country);
        }
    }
}
