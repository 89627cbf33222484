package io.flashcall.server.http.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A request is refused; the answer is in it. Has no stack trace, since it is no fault of ours.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Fault> faults;
    private final transient Map<String, String> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /// @param pointer JSON pointer into the body, or the name of a query parameter
    /// @param detail  what is wrong, and what to write instead
    public record Fault(String pointer, String detail) {}

    ProblemException(Problem problem, String detail, List<Fault> faults) {
        super(detail, null, false, false);
        this.problem = problem;
        this.faults = new ArrayList<>(faults);
    }

    public Problem problem() {
        return problem;
    }

    /// One more member of the problem, for machines.
    public ProblemException member(String name, String value) {
        members.put(name, value);
        return this;
    }

    /// What [#member] gave it.
    public Optional<String> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /// The body, RFC 9457.
    public ObjectNode body(String requestId) {
        var body = Json.object();
        body.put("type", problem.path());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", String.valueOf(getMessage()));
        body.put("request_id", requestId);
        members.forEach(body::put);
        if (!faults.isEmpty()) {
            var errors = body.putArray("errors");
            for (var fault : faults) {
                errors.addObject().put("pointer", fault.pointer()).put("detail", fault.detail());
            }
        }
        return body;
    }

    /// The answer.
    public Reply reply(String requestId) {
        var reply = Reply.problem(problem.status(), Json.bytes(body(requestId)));
        for (var header : headers.entrySet()) {
            reply = reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }
}
