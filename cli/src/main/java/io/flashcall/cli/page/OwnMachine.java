package io.flashcall.cli.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/// Serves those alone who were told to look at this machine: another site's name that leads here (DNS rebinding), and
/// another site's page, are refused.
public final class OwnMachine implements Filter {

    /// Says of a request which browsers send for another site's page that it is one.
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private static final Pattern HERE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isFromElsewhere(request)) {
            response.status(Status.FORBIDDEN_403).send();
        } else {
            chain.proceed();
        }
    }

    static boolean isFromElsewhere(ServerRequest request) {
        boolean crossing =
                request.headers().first(FETCH_SITE).filter("cross-site"::equals).isPresent();
        return crossing || !HERE.matcher(request.authority()).matches();
    }
}
