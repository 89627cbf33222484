package io.flashcall.server.http.resource;

import java.util.List;

/// Says whether the service can do its work. Thread-safe.
@FunctionalInterface
public interface Readiness {

    /// What it lacks, one sentence each; empty: it is ready.
    List<String> obstacles();
}
