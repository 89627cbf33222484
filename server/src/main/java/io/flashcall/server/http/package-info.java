/// The HTTP API: JSON over HTTP/1.1 on virtual threads, problem details (RFC 9457) for whatever is refused, and the
/// documents that explain both.
///
/// **Start here:** [HttpApi#start]. A request enters through `Front`, finds its line of the table in `Routes`, passes
/// the [io.flashcall.server.http.access.Gate], and ends in a class of `resource`.
///
/// **Rules:** nothing but this package knows the HTTP server; the packages below it deal in
/// [io.flashcall.server.http.message.Call] and [io.flashcall.server.http.message.Reply].
///
/// **Threads:** one virtual thread for each connection; whatever is shared is thread-safe.
@NullMarked
package io.flashcall.server.http;

import org.jspecify.annotations.NullMarked;
