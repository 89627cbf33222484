package io.flashcall.server.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;

/// How a value is written so that it stays a value where it stands.
public enum Escaping {
    /// In a path or query.
    URL,
    /// Between the quotes of a JSON string.
    JSON,
    /// In `application/x-www-form-urlencoded`.
    FORM,
    /// In text or an attribute of XML.
    XML,
    /// One line of a header.
    HEADER,
    /// As it is.
    NONE;

    /// What a body of that content type needs.
    static Escaping of(String contentType) {
        var type = contentType.toLowerCase(Locale.ROOT).replaceFirst("[; ].*", "");
        if (type.endsWith("/json") || type.endsWith("+json")) {
            return JSON;
        }
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return XML;
        }
        return type.equals("application/x-www-form-urlencoded") ? FORM : NONE;
    }

    /// What a form's field needs: some providers want a document in one.
    static Escaping within(String field) {
        if (field.startsWith("<")) {
            return XML;
        }
        return field.startsWith("{\"") || field.startsWith("[") ? JSON : NONE;
    }

    public String apply(String value) {
        return switch (this) {
            // In a path, too, a plus would stand for itself.
            case URL -> form(value).replace("+", "%20");
            case JSON -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
            case FORM -> form(value);
            case XML -> xml(value);
            case HEADER -> value.replaceAll("[\\p{Cntrl}]", " ");
            case NONE -> value;
        };
    }

    private static String form(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String xml(String value) {
        var text = new StringBuilder(value.length() + 16);
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&apos;");
                default -> text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
