/// Seeing the wire: who listens sees each SIP message as it was sent or received, and can draw a call as a ladder.
///
/// **Start here:** [TraceListener]. A listener that wants a ladder makes a [LadderStep] of each message, on the loop's
/// thread, and hands it to a thread of its own, where a [Ladder] draws it.
@NullMarked
package io.flashcall.engine.capture;

import org.jspecify.annotations.NullMarked;
