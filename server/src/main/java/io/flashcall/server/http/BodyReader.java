package io.flashcall.server.http;

import io.flashcall.server.http.message.Body;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Problem;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Reads a request's body: JSON, not too long, and in time. Thread-safe.
final class BodyReader {

    // So much of a body that is too long is still swallowed, since many clients read no answer before.
    private static final int SWALLOWED = 1024 * 1024;

    private static final int PIECE = 8 * 1024;

    private final int limit;
    private final Duration timeout;

    BodyReader(int limit, Duration timeout) {
        this.limit = limit;
        this.timeout = timeout;
    }

    Call read(Call call, ServerRequest request, ServerResponse response) {
        if (!request.content().hasEntity()) {
            return call;
        }
        var body = new ByteArrayOutputStream();
        try (var in = request.content().inputStream()) {
            read(in, body);
        } catch (IOException | UncheckedIOException e) {
            response.header("Connection", "close");
            throw Problem.REQUEST_TOO_SLOW.with("The body did not come as long as announced within "
                    + timeout.toMillis() + " ms. A retry with the same Idempotency-Key is safe.");
        }
        if (body.size() > limit) {
            response.header("Connection", "close");
            throw Problem.BODY_TOO_LONG.with("The body is longer than " + limit + " bytes, which is the most.");
        }
        if (body.size() > 0) {
            requireJson(call.header("content-type"));
        }
        return call.carrying(new Body(body.toByteArray()));
    }

    private void read(InputStream in, ByteArrayOutputStream body) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        var piece = new byte[PIECE];
        int total = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            total += count;
            if (body.size() <= limit) {
                body.write(piece, 0, count);
            }
            if (total > SWALLOWED + limit) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("too slow");
            }
        }
    }

    private static void requireJson(Optional<String> contentType) {
        var type = contentType.orElse("nothing").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean json = type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
        if (!json) {
            var shown = type.matches("[a-z0-9.+/-]{1,60}") ? type : "something else";
            throw Problem.WRONG_CONTENT_TYPE.with("Content-Type is " + shown
                    + " (expected: application/json). With curl: -H 'Content-Type: application/json'.");
        }
    }
}
