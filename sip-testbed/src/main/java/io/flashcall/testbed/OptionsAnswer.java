package io.flashcall.testbed;

/// What an OPTIONS outside a dialog brings.
public enum OptionsAnswer {
    /// 200 with Allow.
    OK,
    /// 503: reachable, and not well.
    UNAVAILABLE,
    /// Nothing.
    SILENT
}
