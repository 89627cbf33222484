package io.flashcall.engine.identity;

import java.util.List;
import java.util.Map;

/// A JSON value (RFC 8259), as far as PASSporTs hold any.
sealed interface Json {

    /// Its members by name, in their order.
    record Members(Map<String, Json> byName) implements Json {}

    record Elements(List<Json> all) implements Json {}

    record Text(String value) implements Json {}

    /// @param text as it was written
    record Numeral(String text) implements Json {}

    /// `true`, `false` or `null`.
    record Literal(String text) implements Json {}
}
