package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.capture.LadderStep;

/// What reaches the thread that follows a call.
sealed interface News {

    /// A message went over the wire.
    ///
    /// @param text the message itself
    record Message(LadderStep step, String text) implements News {}

    /// The engine reports.
    record Event(CallEvent event) implements News {}

    /// Ctrl-C or SIGTERM.
    record Stop() implements News {}
}
