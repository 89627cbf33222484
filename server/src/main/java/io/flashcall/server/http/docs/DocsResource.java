package io.flashcall.server.http.docs;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Endpoint;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.flashcall.server.http.message.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// `/docs` and what is below it, and `/openapi.json`. Nothing of it needs a key, or the network.
public final class DocsResource {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none';"
            + " frame-ancestors 'none'";
    private static final Map<String, String> ASSETS = Map.of(
            "style.css", "text/css; charset=utf-8",
            "api.js", "text/javascript; charset=utf-8");
    private static final Map<String, String> VIEWER_ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8");

    private final Map<String, Reply> ready = new ConcurrentHashMap<>();

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/", Set.of(), _ -> Reply.redirect("/docs")),
                new Endpoint("GET", "/docs", Set.of(), _ -> kept("start", DocsResource::start)),
                new Endpoint("GET", "/docs/api", Set.of(), _ -> kept("api", DocsResource::api)),
                new Endpoint("GET", "/docs/problems", Set.of(), _ -> kept("problems", DocsResource::problems)),
                new Endpoint("GET", "/docs/problems/{slug}", Set.of(), this::problem),
                new Endpoint("GET", "/docs/assets/{name}", Set.of(), this::asset),
                new Endpoint("GET", "/openapi.json", Set.of(), _ -> kept("openapi", DocsResource::openApi)));
    }

    private Reply problem(Call call) {
        var problem = Problem.named(call.parameter("slug")).orElseThrow(DocsResource::missing);
        return kept("problem " + problem.slug(), () -> page(Pages.problem(problem)));
    }

    private Reply asset(Call call) {
        var name = call.parameter("name");
        if (ASSETS.containsKey(name)) {
            return kept("asset " + name, () -> Reply.of(200, ASSETS.get(name), Files.ours(name)));
        }
        if (VIEWER_ASSETS.containsKey(name)) {
            return kept(
                    "asset " + name,
                    () -> Reply.of(200, VIEWER_ASSETS.get(name), Files.viewers(name))
                            .header("Cache-Control", "public, max-age=3600"));
        }
        throw missing();
    }

    private static Reply start() {
        return page(Pages.start());
    }

    private static Reply api() {
        return page(Pages.api());
    }

    private static Reply problems() {
        return page(Pages.problems());
    }

    private static Reply openApi() {
        return Reply.of(200, Reply.JSON, OpenApi.document());
    }

    private static Reply page(String html) {
        return Reply.text(200, HTML, html)
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY");
    }

    private Reply kept(String name, Supplier<Reply> maker) {
        var reply = ready.get(name);
        if (reply == null) {
            reply = maker.get();
            ready.put(name, reply);
        }
        return reply;
    }

    private static ProblemException missing() {
        return Problem.NOT_FOUND.with("There is no such page; /docs has links to all.");
    }
}
