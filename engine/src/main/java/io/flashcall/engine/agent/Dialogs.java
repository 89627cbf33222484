package io.flashcall.engine.agent;

/// What calls leave to others: hanging up what was answered, acknowledging reliable provisionals, watching
/// INVITEs that were left behind.
record Dialogs(Releases releases, Pracks pracks, Stragglers stragglers) {}
