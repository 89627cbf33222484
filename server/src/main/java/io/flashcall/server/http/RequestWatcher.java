package io.flashcall.server.http;

import java.time.Duration;
import java.util.Optional;

/// Hears of every request that was answered. Thread-safe; must return quickly.
@FunctionalInterface
public interface RequestWatcher {

    /// @param template of the path, such as `/v1/verifications/{id}`; never the path itself
    /// @param limit    the one that was exceeded, where that is why it was refused
    void onAnswer(String method, String template, int status, Duration took, Optional<String> limit);
}
