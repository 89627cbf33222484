/// Live news of sessions: [SessionFeed] hears of every change, [EventStream] writes one session's events to one reader
/// (server-sent events).
///
/// **Threads:** the feed is shared and never blocks its teller; each stream is written by the thread of its request.
@NullMarked
package io.flashcall.server.http.stream;

import org.jspecify.annotations.NullMarked;
