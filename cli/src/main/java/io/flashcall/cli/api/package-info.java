/// The service's API as its clients at a terminal see it: HTTP and JSON, and nothing of the server.
///
/// **Start here:** [ApiClient] asks, an [Answer] is what came.
@NullMarked
package io.flashcall.cli.api;

import org.jspecify.annotations.NullMarked;
