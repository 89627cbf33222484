package io.flashcall.server.http.message;

import io.flashcall.server.config.Spelling;
import io.flashcall.server.http.message.ProblemException.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the JSON object of a body field by field, and names every mistake at once. `null` counts as
/// absent. Texts are never said back: they may be codes or numbers. Belongs to one thread.
public final class Form {

    private final ObjectNode node;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private Form(ObjectNode node) {
        this.node = node;
    }

    /// An empty body is an empty object.
    ///
    /// @throws ProblemException when it is no JSON object
    static Form of(Body body) {
        if (body.isEmpty()) {
            return new Form(Json.object());
        }
        if (Json.parse(body.bytes()) instanceof ObjectNode object) {
            return new Form(object);
        }
        throw Problem.INVALID_REQUEST.with("The body is JSON, but no object. Send one such as {\"to\": \"+44…\"}.");
    }

    /// @param form     what the whole text must match
    /// @param expected the same in words
    public Optional<String> text(String name, Pattern form, String expected) {
        var text = texts(name, "a text in quotes: " + expected);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            return fault(name, "is not what it should be (expected: " + expected + ")");
        }
        return text;
    }

    /// @param longest characters
    public Optional<String> text(String name, int longest) {
        var text = texts(name, "a text in quotes");
        if (text.isPresent() && text.get().indexOf('\0') >= 0) {
            return fault(name, "holds the character U+0000 (expected: a text without it)");
        }
        if (text.isPresent() && (text.get().isBlank() || text.get().length() > longest)) {
            return fault(name, "has " + text.get().length() + " characters (expected: 1 to " + longest + ")");
        }
        return text;
    }

    /// @return empty text where it is missing, which [#done] tells
    public String required(String name, int longest, String example) {
        if (isAbsent(name)) {
            known.add(name);
            missing(name, example);
            return "";
        }
        return text(name, longest).orElse("");
    }

    public void missing(String name, String example) {
        fault(name, "is missing: add \"" + name + "\": " + example);
    }

    public Optional<Integer> integer(String name, int least, int most) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var expected = "a whole number from " + least + " to " + most + ", without quotes";
        if (!value.get().isIntegralNumber() || !value.get().canConvertToInt()) {
            return fault(name, "is " + kind(value.get()) + " (expected: " + expected + ")");
        }
        int number = value.get().intValue();
        if (number < least || number > most) {
            return fault(name, "is " + Echo.of(String.valueOf(number)) + " (expected: " + expected + ")");
        }
        return Optional.of(number);
    }

    public Optional<Boolean> flag(String name) {
        var value = value(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            return fault(name, "is " + kind(value.get()) + " (expected: true or false, without quotes)");
        }
        return value.map(JsonNode::booleanValue);
    }

    public Optional<List<String>> list(String name, int most, String example) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var expected = " (expected: a list of texts such as " + example + ")";
        if (!value.get().isArray()) {
            return fault(name, "is " + kind(value.get()) + expected);
        }
        var list = new ArrayList<String>();
        for (var entry : value.get()) {
            if (!entry.isString()) {
                return fault(name, "holds " + kind(entry) + expected);
            }
            list.add(entry.stringValue());
        }
        if (list.size() > most) {
            return fault(name, "has " + list.size() + " entries (expected: at most " + most + ")");
        }
        return Optional.of(list);
    }

    /// @param longest characters of its JSON
    public Optional<String> object(String name, int longest) {
        var value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isObject()) {
            return fault(name, "is " + kind(value.get()) + " (expected: a JSON object such as {\"amount\": \"5\"})");
        }
        var text = Json.text(value.get());
        if (text.length() > longest) {
            return fault(name, "has " + text.length() + " characters (expected: at most " + longest + ")");
        }
        return Optional.of(text);
    }

    /// Fields of our own answers that may come back, and mean nothing.
    public void ignore(String... names) {
        known.addAll(List.of(names));
    }

    /// Notes a mistake that only its reader can see.
    ///
    /// @return empty, to be returned in the value's place
    public <T> Optional<T> fault(String name, String what) {
        faults.add(new Fault("/" + name, "“" + name + "” " + what + "."));
        return Optional.empty();
    }

    /// To be called last: fields that nobody asked for are mistakes.
    ///
    /// @throws ProblemException naming every mistake
    public void done() {
        for (var name : node.propertyNames()) {
            if (!known.contains(name)) {
                var nearest = Spelling.nearest(name, known);
                var hint = nearest.map(near -> "did you mean “" + near + "”?")
                        .orElse((known.isEmpty() ? "send {}" : "known are " + String.join(", ", known)) + ".");
                faults.add(new Fault(
                        "/" + Echo.of(name).replace("~", "~0").replace("/", "~1"),
                        "There is no field “" + Echo.of(name) + "” here: " + hint));
            }
        }
        if (!faults.isEmpty()) {
            throw Problem.INVALID_REQUEST.with(
                    faults.size() == 1
                            ? faults.getFirst().detail()
                            : faults.size() + " mistakes: see errors. The first: "
                                    + faults.getFirst().detail(),
                    faults);
        }
    }

    private boolean isAbsent(String name) {
        return !node.has(name) || node.get(name).isNull();
    }

    private Optional<String> texts(String name, String expected) {
        var value = value(name);
        if (value.isPresent() && !value.get().isString()) {
            return fault(name, "is " + kind(value.get()) + " (expected: " + expected + ")");
        }
        return value.map(JsonNode::stringValue);
    }

    private Optional<JsonNode> value(String name) {
        known.add(name);
        return isAbsent(name) ? Optional.empty() : Optional.of(node.get(name));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
            case NUMBER -> value.isIntegralNumber() ? "a number" : "a number with decimals";
            case OBJECT, POJO -> "an object";
            case STRING -> "a text";
            case BINARY -> "binary";
        };
    }
}
