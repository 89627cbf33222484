package io.flashcall.server.http.resource;

import io.flashcall.verification.App;
import java.util.List;

/// Holds an app against the rest of the configuration. Thread-safe.
@FunctionalInterface
public interface AppRules {

    /// What is wrong, one sentence each; empty: it can be used.
    List<String> problems(App app);
}
