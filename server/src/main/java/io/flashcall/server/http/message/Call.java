package io.flashcall.server.http.message;

import java.util.Map;
import java.util.Optional;

/// One request, read whole.
///
/// @param id      names it in logs and answers
/// @param target  what it is about
/// @param headers by lower-case name
/// @param body    empty where it had none
/// @param caller  who asks
/// @param address the client's IP address
public record Call(String id, Target target, Map<String, String> headers, Body body, Caller caller, String address) {

    /// @param method     `GET`, …
    /// @param path       as it was sent
    /// @param parameters of the path's template, such as `id`
    /// @param query      decoded
    public record Target(String method, String path, Map<String, String> parameters, Map<String, String> query) {}

    /// Without headers, query and body: they hold keys, codes and numbers.
    @Override
    public String toString() {
        return "Call[" + id + ", " + target.method() + "]";
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// A parameter of the path's template.
    public String parameter(String name) {
        var value = target.parameters().get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the path of this endpoint");
        }
        return value;
    }

    public Call with(Map<String, String> parameters) {
        var found = new Target(target.method(), target.path(), parameters, target.query());
        return new Call(id, found, headers, body, caller, address);
    }

    public Call from(Caller known) {
        return new Call(id, target, headers, body, known, address);
    }

    public Call carrying(Body read) {
        return new Call(id, target, headers, read, caller, address);
    }

    /// Reads the body as a JSON object.
    public Form form() {
        return Form.of(body);
    }

    /// Reads the query.
    public Query query() {
        return new Query(target.query());
    }
}
