package io.flashcall.testbed.behaviour;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The `key=value,...` behind a behaviour's name. Each reader names its key once; what no reader asked for is an error.
final class Parameters {

    private final String behaviour;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /// @param principal the key that a single bare value stands for
    Parameters(String behaviour, String text, String principal) {
        this.behaviour = behaviour;
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? principal : part.substring(0, equals).trim();
            if (given.put(key, part.substring(equals + 1).trim()) != null) {
                throw bad(key, part, "given once");
            }
        }
    }

    Duration duration(String key, Duration usual) {
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

    double rate(String key, double usual) {
        String value = take(key);
        double rate = value.isEmpty() ? usual : number(key, value, "a share from 0 to 1, such as 0.1");
        if (!(rate >= 0 && rate <= 1)) {
            throw bad(key, value, "a share from 0 to 1, such as 0.1");
        }
        return rate;
    }

    int count(String key, int usual, int least, int most) {
        String value = take(key);
        String expected = "a whole number from " + least + " to " + most;
        double count = value.isEmpty() ? usual : number(key, value, expected);
        if (!value.isEmpty() && (count != Math.rint(count) || count < least || count > most)) {
            throw bad(key, value, expected);
        }
        return (int) count;
    }

    boolean flag(String key, boolean usual) {
        return switch (take(key)) {
            case "" -> usual;
            case "true" -> true;
            case "false" -> false;
            case String other -> throw bad(key, other, "true or false");
        };
    }

    String word(String key, String usual) {
        String value = take(key);
        return value.isEmpty() ? usual : value;
    }

    boolean has(String key) {
        return given.containsKey(key);
    }

    /// To be called when every reader has run.
    void refuseUnknown() {
        for (Map.Entry<String, String> left : given.entrySet()) {
            if (!known.contains(left.getKey())) {
                throw new IllegalArgumentException("behaviour " + behaviour + ": unknown parameter '" + left.getKey()
                        + "' (expected: " + (known.isEmpty() ? "none" : "one of " + String.join(", ", known)) + ")");
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

    private IllegalArgumentException bad(String key, String value, String expected) {
        return new IllegalArgumentException(
                "behaviour " + behaviour + ": " + key + "='" + value + "' (expected: " + expected + ")");
    }
}
