/// TCP and TLS below the carrier: listening, handshakes, connections, and the ways in which they misbehave.
///
/// **Threads:** a virtual thread accepts, and each connection has one that reads and one that writes, in
/// plain blocking calls. What they read goes to an [io.flashcall.testbed.stream.StreamEvents], which hands
/// it to the carrier's loop.
@NullMarked
package io.flashcall.testbed.stream;

import org.jspecify.annotations.NullMarked;
