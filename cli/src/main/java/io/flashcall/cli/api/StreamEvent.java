package io.flashcall.cli.api;

import tools.jackson.databind.JsonNode;

/// Something that happened in a verification, as its stream tells it.
///
/// @param type `call.ringing` and so on
/// @param data with `status`, the session's after it
public record StreamEvent(String type, JsonNode data) {

    /// `pending`, `verified`, `failed`, `expired` or `canceled`.
    public String status() {
        return data.path("status").asString("");
    }

    /// A text of what is told about the event; empty when it is not there.
    public String detail(String field) {
        return data.path("details").path(field).asString("");
    }
}
