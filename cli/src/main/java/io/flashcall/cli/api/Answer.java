package io.flashcall.cli.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the service answered.
///
/// @param status HTTP's
/// @param body   its JSON; missing (never null) when there is none
public record Answer(int status, JsonNode body) {

    /// Whether it did what was asked.
    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /// A text of the body, empty when it is absent or null.
    public String text(String field) {
        return body.path(field).asString("");
    }

    /// The part after the last slash of a problem's type, such as `session-over`; empty when this is no problem.
    public String problem() {
        String type = isOk() ? "" : text("type");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /// What the service says about a refusal, in one line.
    public String complaint() {
        return String.join("; ", complaints());
    }

    /// What it says about a refusal, and then each single fault that it found.
    public List<String> complaints() {
        var title = Optional.of(text("title")).filter(text -> !text.isBlank()).orElse("HTTP status " + status);
        var told = new ArrayList<String>();
        told.add(text("detail").isBlank() ? title : title + ": " + text("detail"));
        for (var error : body.path("errors")) {
            told.add(error.path("pointer").asString("") + " "
                    + error.path("detail").asString(""));
        }
        return told;
    }
}
