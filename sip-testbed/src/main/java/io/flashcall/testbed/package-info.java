/// Carriers that behave and misbehave: the far end that the flash-call engine is tested against, and its strict judge.
///
/// **Start here:** `Carrier#start` takes a `CarrierConfig` and answers SIP calls over UDP until closed; its
/// `counters()` and `violations()` say what the caller did, and what it did wrong by RFC 3261.
///
/// **Threads:** one event loop per carrier owns its sockets, calls and timers. Counters and violations may be read from
/// any thread; listeners are called on the loop and must return quickly.
///
/// **Independence:** nothing here imports anything of the engine's, and the parser is its own: a shared parser's bugs
/// would cancel out.
@NullMarked
package io.flashcall.testbed;

import org.jspecify.annotations.NullMarked;
