package io.flashcall.cli.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Serves the page: `/`, and what it is made of at `/page/{file}`, from the class path.
final class PageFiles {

    private static final Pattern NAME = Pattern.compile("[a-z]{1,32}\\.(html|css|js|svg)");

    /// Nothing from elsewhere, nothing inline, and nobody may frame it.
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self';" + " frame-ancestors 'none'; object-src 'none'";

    private static final HeaderName SNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName CONTENT_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");

    void add(HttpRouting.Builder routes) {
        routes.get("/", (_, response) -> send("index.html", response))
                .get("/favicon.ico", (_, response) -> send("icon.svg", response))
                .get("/page/{file}", this::file);
    }

    private void file(ServerRequest request, ServerResponse response) throws IOException {
        send(request.path().pathParameters().get("file"), response);
    }

    private static void send(String name, ServerResponse response) throws IOException {
        var bytes = NAME.matcher(name).matches() ? read(name) : Optional.<byte[]>empty();
        if (bytes.isEmpty()) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, type(name));
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.header(CONTENT_POLICY, POLICY);
        response.header(SNIFF, "nosniff");
        response.header(REFERRER, "no-referrer");
        response.send(bytes.get());
    }

    private static Optional<byte[]> read(String name) throws IOException {
        try (var in = PageFiles.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
