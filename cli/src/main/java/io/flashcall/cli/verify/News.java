package io.flashcall.cli.verify;

import io.flashcall.cli.api.StreamEvent;

/// What a conversation waits for, from whichever side it comes.
sealed interface News {

    /// A line was typed.
    record Typed(String line) implements News {}

    /// Nothing more will be typed.
    record NoMore() implements News {}

    /// Something happened in the verification.
    record Happened(StreamEvent event) implements News {}

    /// Somebody pressed Ctrl-C.
    record Stop() implements News {}
}
