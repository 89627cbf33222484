/// What must be kept: the ports, one for each kind of thing. `server.store` implements them over SQL; the
/// contract tests beside them, in this module's test-jar, say what every implementation promises.
///
/// **Start here:** [Sessions]. Each method is one transaction: when it returns, what it did survives a power cut.
/// All implementations are thread-safe and block; they keep times and durations to the millisecond.
@NullMarked
package io.flashcall.verification.store;

import org.jspecify.annotations.NullMarked;
