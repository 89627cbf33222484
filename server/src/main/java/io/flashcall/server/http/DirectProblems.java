package io.flashcall.server.http;

import io.flashcall.server.http.message.Problem;
import io.flashcall.server.http.message.Reply;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/// Answers what the HTTP server itself refuses before a request reaches us, so that it looks like everything else.
final class DirectProblems implements DirectHandler {

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        var problem = switch (type) {
            case PAYLOAD_TOO_LARGE -> Problem.BODY_TOO_LONG;
            case INTERNAL_ERROR -> Problem.INTERNAL_ERROR;
            case BAD_REQUEST, FORBIDDEN, HTTP_VERSION_NOT_SUPPORTED -> Problem.BAD_REQUEST;
            case OTHER ->
                status.code() == Status.SERVICE_UNAVAILABLE_503.code() ? Problem.OVERLOADED : Problem.BAD_REQUEST;
        };
        var id = RequestIds.draw();
        var reply = problem.plain().reply(id);
        return TransportResponse.builder()
                .status(Status.create(reply.status()))
                .headers(headers)
                .header(HeaderNames.create(RequestIds.HEADER), id)
                .header(HeaderNames.CONTENT_TYPE, Reply.PROBLEM)
                .keepAlive(false)
                .entity(reply.body())
                .build();
    }
}
