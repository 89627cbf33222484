package io.flashcall.server.http;

import io.flashcall.server.http.SlowBodies.Reading;
import io.flashcall.server.http.message.Body;
import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.ProblemException;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Reads a request's body: not too long, and in time. Thread-safe.
final class BodyReader {

    // So much of a body that is too long is still swallowed, since many clients read no answer before.
    private static final int SWALLOWED = 1024 * 1024;

    private static final int PIECE = 8 * 1024;

    private final int limit;
    private final SlowBodies slow;

    BodyReader(int limit, SlowBodies slow) {
        this.limit = limit;
        this.slow = slow;
    }

    /// @param refusal tells the client that it was too slow, from another thread
    /// @throws ProblemException when the body is not what it should be
    /// @throws GoneException    when the client is gone, or was refused meanwhile
    Call read(Call call, ServerRequest request, ServerResponse response, Consumer<ProblemException> refusal) {
        if (!request.content().hasEntity()) {
            return call;
        }
        var body = new ByteArrayOutputStream();
        var reading = slow.reading(() -> refusal.accept(tooSlow()));
        try (reading;
                var in = request.content().inputStream()) {
            read(in, body);
        } catch (IOException | RuntimeException e) {
            // The server has many ways to say that a connection broke.
            throw cutShort(reading, response);
        }
        if (reading.isExpired()) {
            throw new GoneException();
        }
        if (body.size() > limit) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
            throw Problem.BODY_TOO_LONG.with("The body is longer than " + limit + " bytes, which is the most.");
        }
        return call.carrying(new Body(body.toByteArray()));
    }

    private void read(InputStream in, ByteArrayOutputStream body) throws IOException {
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
        }
    }

    private static RuntimeException cutShort(Reading reading, ServerResponse response) {
        if (reading.isExpired()) {
            return new GoneException();
        }
        response.headers().set(HeaderValues.CONNECTION_CLOSE);
        return tooSlow();
    }

    private static ProblemException tooSlow() {
        return Problem.REQUEST_TOO_SLOW.with(
                "The body did not come in time, or not as long as announced. A retry with the same Idempotency-Key is"
                        + " safe.");
    }
}
