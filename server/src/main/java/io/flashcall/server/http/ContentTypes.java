package io.flashcall.server.http;

import io.flashcall.server.http.message.Call;
import io.flashcall.server.http.message.Problem;
import java.util.Locale;

/// What bodies are declared as.
final class ContentTypes {

    private ContentTypes() {}

    /// @throws io.flashcall.server.http.message.ProblemException when the body is declared as something else
    static void requireJson(Call call) {
        var type = call.header("content-type")
                .orElse("nothing")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean json = type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
        if (!json) {
            var shown = type.matches("[a-z0-9.+/-]{1,60}") ? type : "something else";
            throw Problem.WRONG_CONTENT_TYPE.with("Content-Type is " + shown
                    + " (expected: application/json). With curl: -H 'Content-Type: application/json'.");
        }
    }
}
