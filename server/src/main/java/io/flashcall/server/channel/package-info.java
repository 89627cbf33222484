/// Ways to reach a user besides the flash call, one adapter each.
///
/// **Start here:** [HttpChannel]: any provider of messages or voice calls that takes an HTTP request, described
/// by an [io.flashcall.server.config.HttpChannelConfig].
///
/// **Threads:** channels are thread-safe and block; for virtual threads.
@NullMarked
package io.flashcall.server.channel;

import org.jspecify.annotations.NullMarked;
