package io.flashcall.server.http.docs;

import io.flashcall.server.http.message.Json;
import io.flashcall.server.http.message.Problem;

/// Fills the templates of the documents.
final class Pages {

    private static final String EXAMPLE_ID = "req_3f1c9a7e5d";

    private Pages() {}

    static String start() {
        return frame("Start", Files.text("start.html").replace("{{problems}}", list()));
    }

    static String api() {
        return Files.text("api.html");
    }

    static String problems() {
        return frame(
                "Problems",
                "<h1>Problems</h1>\n<p>Whatever the API refuses, it answers with <code>application/problem+json</code>"
                        + " (RFC 9457). Its <code>type</code> is one of these pages.</p>\n" + list());
    }

    static String problem(Problem problem) {
        var body = problem.plain().body(EXAMPLE_ID);
        var page = Files.text("problem.html")
                .replace("{{title}}", escaped(problem.title()))
                .replace("{{slug}}", problem.slug())
                .replace("{{status}}", String.valueOf(problem.status()))
                .replace("{{cause}}", escaped(problem.cause()))
                .replace("{{remedy}}", escaped(problem.remedy()))
                .replace("{{example}}", escaped(Json.pretty(body)));
        return frame(problem.title(), page);
    }

    private static String list() {
        var list = new StringBuilder("<ul class=\"problems\">\n");
        for (var problem : Problem.values()) {
            list.append("<li><a href=\"")
                    .append(problem.path())
                    .append("\"><code>")
                    .append(problem.slug())
                    .append("</code></a> <small>")
                    .append(problem.status())
                    .append("</small> ")
                    .append(escaped(problem.title()))
                    .append("</li>\n");
        }
        return list.append("</ul>\n").toString();
    }

    private static String frame(String title, String content) {
        return Files.text("frame.html").replace("{{title}}", escaped(title)).replace("{{content}}", content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
