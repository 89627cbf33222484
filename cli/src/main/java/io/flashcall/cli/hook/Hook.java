package io.flashcall.cli.hook;

import tools.jackson.databind.JsonNode;

/// A webhook that was signed rightly.
///
/// @param id   `webhook-id`, the same each time it is sent
/// @param body its JSON
public record Hook(String id, JsonNode body) {

    /// `verification.verified` and so on.
    public String type() {
        return body.path("type").asString("");
    }

    /// The verification it is about; empty when it is about none.
    public String verification() {
        return body.path("data").path("verification").path("id").asString("");
    }

    public long sequence() {
        return body.path("data").path("sequence").asLong(0);
    }
}
