package io.flashcall.testbed.option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The `key=value,...` behind a behaviour's name or a carrier's option. Each reader names its key once; what
/// no reader asked for is an error. Read by one thread, once.
public final class Parameters {

    private final String owner;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /// @param owner whose they are, in words that can open a complaint, such as `behaviour ring`
    /// @param text `key=value,...`, or empty
    /// @param principal the key that a single bare value stands for
    public Parameters(String owner, String text, String principal) {
        this.owner = owner;
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? principal : part.substring(0, equals).trim();
            if (given.put(key, part.substring(equals + 1).trim()) != null) {
                throw bad(key, part, "given once");
            }
        }
    }

    /// A time of 0 to 600 s, such as `200ms` or `1.5s`.
    public Duration duration(String key, Duration usual) {
        String value = take(key);
        return value.isEmpty() ? usual : readDuration(key, value);
    }

    private Duration readDuration(String key, String value) {
        int unit = value.length();
        while (unit > 0 && Character.isLetter(value.charAt(unit - 1))) {
            unit--;
        }
        double factor = switch (value.substring(unit)) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            default -> throw bad(key, value, "a duration of 0 to 600s, such as 200ms or 1.5s");
        };
        double nanos = number(key, value.substring(0, unit), "a duration of 0 to 600s, such as 200ms or 1.5s") * factor;
        if (nanos < 0 || nanos > 600e9) {
            throw bad(key, value, "a duration of 0 to 600s");
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    /// A share, 0 to 1.
    public double rate(String key, double usual) {
        String value = take(key);
        double rate = value.isEmpty() ? usual : number(key, value, "a share from 0 to 1, such as 0.1");
        if (!(rate >= 0 && rate <= 1)) {
            throw bad(key, value, "a share from 0 to 1, such as 0.1");
        }
        return rate;
    }

    /// A whole number in this range.
    public int count(String key, int usual, int least, int most) {
        String value = take(key);
        String expected = "a whole number from " + least + " to " + most;
        double count = value.isEmpty() ? usual : number(key, value, expected);
        if (!value.isEmpty() && (count != Math.rint(count) || count < least || count > most)) {
            throw bad(key, value, expected);
        }
        return (int) count;
    }

    /// `true` or `false`.
    public boolean flag(String key, boolean usual) {
        return switch (take(key)) {
            case "" -> usual;
            case "true" -> true;
            case "false" -> false;
            case String other -> throw bad(key, other, "true or false");
        };
    }

    /// Any text.
    public String word(String key, String usual) {
        String value = take(key);
        return value.isEmpty() ? usual : value;
    }

    /// Whether a value was given.
    public boolean has(String key) {
        known.add(key);
        return given.containsKey(key);
    }

    /// One of these, in any order and each once, joined by `+`: `INVITE+BYE`.
    public List<String> words(String key, List<String> usual, List<String> allowed) {
        String value = take(key);
        if (value.isEmpty()) {
            return usual;
        }
        List<String> words = List.of(value.split("\\+", -1));
        for (String word : words) {
            if (!allowed.contains(word) || words.indexOf(word) != words.lastIndexOf(word)) {
                throw bad(key, value, "some of " + String.join(", ", allowed) + ", each once, joined by +");
            }
        }
        return words;
    }

    /// One of these.
    public String oneOf(String key, List<String> allowed, String usual) {
        String value = take(key);
        if (!value.isEmpty() && !allowed.contains(value)) {
            throw bad(key, value, "one of " + String.join(", ", allowed));
        }
        return value.isEmpty() ? usual : value;
    }

    /// To be called when every reader has run.
    public void refuseUnknown() {
        for (Map.Entry<String, String> left : given.entrySet()) {
            if (!known.contains(left.getKey())) {
                throw new IllegalArgumentException(owner + ": unknown parameter '" + left.getKey() + "' (expected: "
                        + (known.isEmpty() ? "none" : "one of " + String.join(", ", known)) + ")");
            }
        }
    }

    private String take(String key) {
        known.add(key);
        String value = given.get(key);
        if (value == null) {
            return "";
        }
        if (value.isEmpty()) {
            throw bad(key, "", "a value");
        }
        return value;
    }

    private double number(String key, String value, String expected) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException _) {
            throw bad(key, value, expected);
        }
    }

    /// A complaint about this value, for the caller to throw.
    public IllegalArgumentException bad(String key, String value, String expected) {
        return new IllegalArgumentException(owner + ": " + key + "='" + value + "' (expected: " + expected + ")");
    }
}
