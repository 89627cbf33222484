package io.flashcall.verification;

import java.util.regex.Pattern;

/// Names one app, a tenant of the service: 1 to 32 of `a-z 0-9 - _`.
public record AppId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,32}");

    public AppId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("app: " + value + " (expected: 1 to 32 of a-z 0-9 - _)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
