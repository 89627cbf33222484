package io.flashcall.verification.routing;

import io.flashcall.engine.E164;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Routes by the destination's prefix. All routes whose prefix fits are tried, the more particular ones first; a
/// route over a trunk that is down is left out, and the reason of the next one says so. Thread-safe.
public final class PrefixRouting implements Routing {

    private final TrunkHealth health;
    private final InstantSource clock;
    private volatile Table table;

    /// @param routes in the order in which routes of equal prefix are tried
    /// @param clock  what `health` is asked with
    public PrefixRouting(List<Route> routes, TrunkHealth health, InstantSource clock) {
        this.health = health;
        this.clock = clock;
        table = Table.of(routes);
    }

    private record Table(List<Route> routes, List<Route> longestFirst) {

        static Table of(List<Route> routes) {
            return new Table(
                    List.copyOf(routes),
                    routes.stream()
                            .sorted(Comparator.comparingInt(
                                            (Route route) -> route.prefix().length())
                                    .reversed())
                            .toList());
        }
    }

    /// These are the routes from now on.
    public void use(List<Route> routes) {
        table = Table.of(routes);
    }

    @Override
    public List<Choice> routesTo(E164 to) {
        var now = clock.instant();
        var fitting = fitting(to);
        var choices = new ArrayList<Choice>();
        var passedOver = new StringBuilder();
        for (int i = 0; i < fitting.size(); i++) {
            var route = fitting.get(i);
            if (takesCalls(route.trunk(), choices.isEmpty(), now)) {
                choices.add(new Choice(route, place(fitting, i) + passedOver));
            } else {
                passedOver.append("; ").append(whyNot(route.trunk(), now));
            }
        }
        return List.copyOf(choices);
    }

    @Override
    public String whyNone(E164 to) {
        var now = clock.instant();
        var why = fitting(to).stream()
                .map(Route::trunk)
                .distinct()
                .map(trunk -> whyNot(trunk, now))
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? "no route to this number" : why;
    }

    private List<Route> fitting(E164 to) {
        var number = "+" + to.digits();
        return table.longestFirst().stream()
                .filter(route -> number.startsWith(route.prefix()))
                .toList();
    }

    @Override
    public List<Route> routes() {
        return table.routes();
    }

    /// Only the first choice will surely get a call, so only it may be the one that finds out whether a trunk is
    /// back.
    private boolean takesCalls(String trunk, boolean first, Instant now) {
        return first ? health.mayTry(trunk, now) : health.state(trunk, now).up();
    }

    private String whyNot(String trunk, Instant now) {
        var state = health.state(trunk, now);
        return trunk + (state.up() ? " is being tried again" : " is down: " + state.reason());
    }

    /// `prefix +44, 1 of 2`: where it stands among the routes of its prefix.
    private static String place(List<Route> fitting, int index) {
        var prefix = fitting.get(index).prefix();
        long ahead = fitting.stream()
                .limit(index)
                .filter(route -> route.prefix().equals(prefix))
                .count();
        long all =
                fitting.stream().filter(route -> route.prefix().equals(prefix)).count();
        return "prefix " + prefix + ", " + (ahead + 1) + " of " + all;
    }
}
