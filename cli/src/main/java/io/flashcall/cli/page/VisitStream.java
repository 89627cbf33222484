package io.flashcall.cli.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/// Writes a visit's notes to its page as server-sent events, until the page is gone.
final class VisitStream {

    private static final int MOST_STREAMS = 6;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final byte[] STILL_THERE = ": still there\n\n".getBytes(StandardCharsets.UTF_8);

    private final InstantSource clock;

    VisitStream(InstantSource clock) {
        this.clock = clock;
    }

    /// @return whether there was room for one more
    boolean write(Visit visit, ServerRequest request, ServerResponse response) {
        if (!visit.watch(MOST_STREAMS)) {
            return false;
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        try (var out = response.outputStream()) {
            out.write(STILL_THERE);
            out.flush();
            write(visit, after(request), out);
        } catch (IOException | UncheckedIOException e) {
            // The page has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            visit.unwatch(clock.instant());
        }
        return true;
    }

    private static void write(Visit visit, long known, OutputStream out) throws IOException, InterruptedException {
        long last = known;
        while (!visit.isOver()) {
            var notes = visit.after(last, KEEP_ALIVE);
            for (var note : notes) {
                last = note.number();
                var text = "id: " + last + "\nevent: " + note.type() + "\ndata: " + note.data() + "\n\n";
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            if (notes.isEmpty()) {
                out.write(STILL_THERE);
            }
            out.flush();
        }
    }

    /// As the browser says when it connects again, or the page when it listens anew.
    private static long after(ServerRequest request) {
        var told = request.headers()
                .first(HeaderNames.create("Last-Event-ID"))
                .orElseGet(() -> request.query().first("after").orElse("0"));
        return told.matches("\\d{1,15}") ? Long.parseLong(told) : 0;
    }
}
