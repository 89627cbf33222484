package io.flashcall.cli.page;

import io.flashcall.cli.api.Answer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the page asks of its own server:
///
/// - `POST /visits`: a page of its own
/// - `GET /visits/{id}/stream`: what it is told, as server-sent events
/// - `POST /visits/{id}/start`, `check`, `resend`, `cancel`: its verification
/// - `POST /visits/{id}/hello`: nothing, if the visit is still there
/// - `POST /visits/{id}/mood`: what its phone does when it is called
///
/// Answers are the service's own. Only a browser that was told to look at this machine is served: another
/// site's name that leads here (DNS rebinding) is refused.
public final class PageRoutes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 200;

    private final Visits visits;
    private final VisitStream stream;
    private final InstantSource clock;
    private volatile @Nullable AppBackend opened;

    public PageRoutes(Visits visits, InstantSource clock) {
        this.visits = visits;
        this.stream = new VisitStream(clock);
        this.clock = clock;
    }

    /// From now on this does what pages ask for; until then they are asked to come again.
    public void open(AppBackend backend) {
        opened = backend;
    }

    /// Adds the routes above, and the page itself.
    public void add(HttpRouting.Builder routes) {
        new PageFiles().add(routes);
        routes.post("/visits", this::create)
                .get("/visits/{id}/stream", this::stream)
                .post("/visits/{id}/{what}", this::act);
    }

    private void create(ServerRequest request, ServerResponse response) {
        if (OwnMachine.isFromElsewhere(request)) {
            send(response, 403, complaint("This is " + request.authority() + ", and not 127.0.0.1"));
            return;
        }
        var visit = visits.create();
        send(
                response,
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", visit.id())
                        .put("now", clock.instant().toString()));
    }

    private void stream(ServerRequest request, ServerResponse response) {
        var visit = find(request);
        if (visit.isEmpty() || OwnMachine.isFromElsewhere(request)) {
            send(response, 404, complaint("There is no such visit"));
        } else if (!stream.write(visit.get(), request, response)) {
            send(response, 429, complaint("This visit has too many streams"));
        }
    }

    private void act(ServerRequest request, ServerResponse response) throws IOException, InterruptedException {
        var visit = find(request);
        if (visit.isEmpty() || OwnMachine.isFromElsewhere(request)) {
            send(response, 404, complaint("There is no such visit"));
            return;
        }
        JsonNode body;
        try {
            body = JSON.readTree(request.content().as(byte[].class));
        } catch (JacksonException e) {
            send(response, 400, complaint("The body is no JSON"));
            return;
        }
        var backend = opened;
        if (backend == null) {
            send(response, 503, complaint("The service is still starting"));
            return;
        }
        var answer = act(backend, visit.get(), request.path().pathParameters().get("what"), body);
        send(response, answer.status(), answer.body());
    }

    private static Answer act(AppBackend backend, Visit visit, String what, JsonNode body)
            throws IOException, InterruptedException {
        return switch (what) {
            case "start" ->
                backend.start(
                        visit,
                        new AppBackend.Wish(
                                text(body, "country"),
                                text(body, "number"),
                                text(body, "purpose"),
                                text(body, "email").strip()));
            case "check" -> backend.check(visit, text(body, "code"));
            case "resend" -> backend.resend(visit, text(body, "channel"));
            case "cancel" -> backend.cancel(visit);
            case "hello" -> new Answer(200, JsonNodeFactory.instance.objectNode());
            case "mood" -> mood(backend, visit, text(body, "mood"));
            default -> new Answer(404, complaint("There is nothing of that name"));
        };
    }

    private static Answer mood(AppBackend backend, Visit visit, String label) {
        var mood = PhoneMood.named(label);
        if (mood.isEmpty()) {
            return new Answer(422, complaint("A phone does not do that"));
        }
        backend.change(visit, mood.get());
        return new Answer(200, JsonNodeFactory.instance.objectNode().put("mood", label));
    }

    private Optional<Visit> find(ServerRequest request) {
        return visits.find(request.path().pathParameters().get("id"));
    }

    private static String text(JsonNode body, String field) {
        var text = body.path(field).asString("");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static ObjectNode complaint(String title) {
        return JsonNodeFactory.instance.objectNode().put("title", title);
    }

    private static void send(ServerResponse response, int status, JsonNode body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send((body.isMissingNode() ? "{}" : body.toString()).getBytes(StandardCharsets.UTF_8));
    }
}
