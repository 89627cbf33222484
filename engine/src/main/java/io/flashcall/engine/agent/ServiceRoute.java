package io.flashcall.engine.agent;

import io.flashcall.engine.sip.HeaderLines;
import io.flashcall.engine.sip.RegisterAnswer;
import io.flashcall.engine.sip.ResponseView;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The proxies that a registrar wants the calls of a trunk to pass (RFC 3608). Confined to the agent's loop.
final class ServiceRoute {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRoute.class);

    private final TrunkLine line;
    private List<String> routes = List.of();

    ServiceRoute(TrunkLine line) {
        this.line = line;
    }

    /// Calls that begin from now on take the routes of this answer, or none if they cannot be followed.
    void take(ResponseView response) {
        var said = RegisterAnswer.serviceRoute(response);
        if (said.isEmpty()) {
            LOG.warn(
                    "trunk {}: its Service-Route is left out: no URIs of loose routers, or too many",
                    line.trunk.config().name());
        }
        use(said.orElse(List.of()));
    }

    /// Calls take the routes of another line from now on.
    void takeOver(ServiceRoute former) {
        use(former.routes);
    }

    /// It has gone with the registration.
    void drop() {
        use(List.of());
    }

    /// Calls under way keep the lines that they have, so these are never written to again.
    private void use(List<String> wanted) {
        if (!wanted.equals(routes)) {
            routes = wanted;
            var lines = new HeaderLines();
            wanted.forEach(route -> lines.append("Route: " + route + "\r\n"));
            line.serviceRoute = lines;
        }
    }
}
