/// The transactions of RFC 3261 §17 and RFC 6026 for a user agent client, sans I/O: inputs and a time go in, a port is
/// asked to send and to set timers.
///
/// What remains of a transaction after its final response (states Completed and Accepted, timers D, I, K and M) is
/// bytes, not objects: the user agent keeps it in flat arrays and answers repetitions from there.
@NullMarked
package io.flashcall.engine.transaction;

import org.jspecify.annotations.NullMarked;
