package io.flashcall.engine;

import io.flashcall.engine.ConfigException.Problem;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with one record of the configuration, so that an operator fixes it in one go.
final class Problems {

    private final String path;
    private final List<Problem> found = new ArrayList<>();

    /// @param path prefix of the keys, such as `trunks.carrier-a`, or empty
    Problems(String path) {
        this.path = path.isEmpty() ? "" : path + ".";
    }

    /// Reads as: the value of this key was X, but we expected Y.
    Problems check(boolean ok, String key, Object value, String expected) {
        if (!ok) {
            found.add(new Problem(path + key, String.valueOf(value), expected));
        }
        return this;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
