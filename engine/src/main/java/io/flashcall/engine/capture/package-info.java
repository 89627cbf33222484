/// Seeing the wire: who listens sees each SIP message as it was sent or received, can send it to a collector,
/// write it to a file, or draw a call as a ladder.
///
/// **Start here:** [Capture], which an engine starts and closes as its configuration says, and [TraceListener],
/// which is all that its user agents know of it. The event loops only copy: a `CaptureThread` with its `MessageRing`
/// takes a [WireMessage] off the loop, and [HepSender], [PcapWriter] and [RecentLadders] do the rest on that thread.
/// Nothing here can slow a call; what comes too fast is dropped and counted.
///
/// A listener of one call may do without a ring: it makes a [LadderStep] of each message, on the loop's thread,
/// and hands it to a thread of its own, where a [Ladder] draws it.
@NullMarked
package io.flashcall.engine.capture;

import org.jspecify.annotations.NullMarked;
