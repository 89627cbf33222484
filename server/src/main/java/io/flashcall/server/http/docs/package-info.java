/// The documents that the server itself shows: a start page, the API's description, and a page for each problem.
///
/// **Start here:** [DocsResource].
///
/// **Threads:** thread-safe; what is read from the class path is read when it is first asked for.
@NullMarked
package io.flashcall.server.http.docs;

import org.jspecify.annotations.NullMarked;
