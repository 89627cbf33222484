package io.flashcall.engine.identity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one JSON text strictly (RFC 8259): UTF-8, nothing behind it, no name twice in one object, no deep
/// nesting. Whatever is wrong is an [IllegalArgumentException] that names the place and not the text.
final class JsonReader {

    private static final int MOST_DEPTH = 8;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern LITERAL = Pattern.compile("true|false|null");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{4}");

    private final String in;
    private int at;
    private int depth;

    private JsonReader(String in) {
        this.in = in;
    }

    static Json read(byte[] utf8) {
        try {
            var reader = new JsonReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
            var value = reader.value();
            if (reader.at < reader.in.length()) {
                throw reader.unexpected("the end");
            }
            return value;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("JSON is not UTF-8", e);
        }
    }

    /// Reads the value that comes next, and the space around it.
    private Json value() {
        skipSpace();
        var value = switch (peek()) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> new Json.Text(string());
            case 't', 'f', 'n' -> new Json.Literal(matched(LITERAL, "true, false or null"));
            default -> new Json.Numeral(matched(NUMBER, "a value"));
        };
        skipSpace();
        return value;
    }

    private Json members() {
        Map<String, Json> members = new LinkedHashMap<>();
        enter();
        skipSpace();
        if (!took('}')) {
            do {
                skipSpace();
                String name = string();
                skipSpace();
                take(':');
                if (members.putIfAbsent(name, value()) != null) {
                    throw unexpected("a name that is not there yet");
                }
            } while (took(','));
            take('}');
        }
        depth--;
        return new Json.Members(members);
    }

    private Json elements() {
        List<Json> elements = new ArrayList<>();
        enter();
        skipSpace();
        if (!took(']')) {
            do {
                elements.add(value());
            } while (took(','));
            take(']');
        }
        depth--;
        return new Json.Elements(elements);
    }

    private void enter() {
        at++;
        if (++depth > MOST_DEPTH) {
            throw unexpected("at most " + MOST_DEPTH + " levels");
        }
    }

    private String string() {
        take('"');
        var text = new StringBuilder();
        while (!took('"')) {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a character of a string");
            }
            at++;
            text.append(c == '\\' ? escaped() : c);
        }
        return text.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(matched(HEX, "four hexadecimal digits"), 16);
            default -> throw unexpected("an escape");
        };
    }

    private String matched(Pattern pattern, String expected) {
        Matcher matcher = pattern.matcher(in).region(at, in.length());
        if (!matcher.lookingAt()) {
            throw unexpected(expected);
        }
        at = matcher.end();
        return matcher.group();
    }

    private void skipSpace() {
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean took(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void take(char c) {
        if (!took(c)) {
            throw unexpected(String.valueOf(c));
        }
    }

    /// The character that comes next, NUL at the end: no JSON text has one.
    private char peek() {
        return at < in.length() ? in.charAt(at) : '\0';
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("JSON at " + at + " (expected: " + expected + ")");
    }
}
