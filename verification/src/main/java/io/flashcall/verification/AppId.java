package io.flashcall.verification;

/// Names one app, a tenant of the service: 1 to 32 of `a-z 0-9 - _`.
public record AppId(String value) {

    public AppId {
        if (!value.matches("[a-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("app: " + value + " (expected: 1 to 32 of a-z 0-9 - _)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
