package io.flashcall.cli.handset;

import io.flashcall.server.config.Durations;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Serves [Handsets]:
///
/// - `GET /handsets/{number}`: the display, latest call first
/// - `GET /handsets/{number}/next?wait=10s&after=0`: waits for the first call after the one with this number
/// - `GET /rings`: every ring as it begins, a line of JSON each
public final class HandsetRoutes {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final int BYTES_A_RING = 100;

    private final Handsets handsets;

    public HandsetRoutes(Handsets handsets) {
        this.handsets = handsets;
    }

    /// Adds the routes above.
    public void add(HttpRouting.Builder routes) {
        routes.get("/handsets/{number}", this::display)
                .get("/handsets/{number}/next", this::next)
                .get("/rings", this::rings);
    }

    private void display(ServerRequest request, ServerResponse response) {
        String number = Handsets.international(request.path().pathParameters().get("number"));
        var calls = handsets.calls(number);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("number", number);
        json.put("ringing", calls.stream().anyMatch(call -> call.rang().isEmpty()));
        var list = json.putArray("calls");
        calls.forEach(call -> list.add(json(call)));
        send(response, json);
    }

    private void next(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = request.query();
        Duration wait;
        long after;
        try {
            wait = Durations.parse(query.first("wait").orElse("10s"));
            after = Long.parseLong(query.first("after").orElse("0"));
        } catch (IllegalArgumentException e) {
            response.status(Status.BAD_REQUEST_400).send("wait: a duration such as 10s; after: the number of a call\n");
            return;
        }
        var most = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        var call = handsets.next(request.path().pathParameters().get("number"), after, most);
        if (call.isPresent()) {
            send(response, json(call.get()));
        } else {
            response.status(Status.NO_CONTENT_204).send();
        }
    }

    /// Ends when its reader goes, or the server, or when it falls behind: then it would tell lies.
    private void rings(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        try (var reader = handsets.read();
                var out = response.outputStream()) {
            write(out, List.of());
            while (reader.lost() == 0) {
                write(out, reader.take(KEEP_ALIVE));
            }
            out.write(("{\"lost\":" + reader.lost() + "}\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UncheckedIOException e) {
            // The reader has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// An empty line where there is no news: so a reader that has gone is noticed.
    private static void write(OutputStream out, List<Ring> rings) throws IOException {
        var lines = new StringBuilder(BYTES_A_RING * (rings.size() + 1));
        for (var ring : rings) {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("to", ring.to());
            json.put("from", ring.from());
            json.put("at", ring.at().toString());
            lines.append(json).append('\n');
        }
        if (rings.isEmpty()) {
            lines.append('\n');
        }
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static ObjectNode json(MissedCall call) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("call", call.number());
        json.put("from", call.from());
        json.put("began_at", call.beganAt().toString());
        json.put("rang_ms", call.rang().map(Duration::toMillis).orElse(null));
        return json;
    }

    private static void send(ServerResponse response, ObjectNode json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send((json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
