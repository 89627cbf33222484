package io.flashcall.verification.routing;

import io.flashcall.engine.E164;
import java.util.List;

/// Chooses ways to a destination. Thread-safe.
public interface Routing {

    /// The routes to a destination: those of the longest prefix first, in the configured order, the trunks that
    /// are down left out, each with the reason why it stands where it stands.
    List<Choice> routesTo(E164 to);

    /// Why [#routesTo] found nothing, for people: no prefix fits, or which trunks are down, and why.
    String whyNone(E164 to);

    /// All routes, in the configured order.
    List<Route> routes();

    /// @param reason for people: `prefix +44, 1 of 2`, …
    record Choice(Route route, String reason) {}
}
