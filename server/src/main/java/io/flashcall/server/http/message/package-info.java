/// What a request and its answer are, without the server that carries them: [Call] in, [Reply] out, or a [Problem].
///
/// **Start here:** [Endpoint] is one line of the table of routes. [Form] reads a body and names every mistake in it at
/// once; [Problem] is the catalogue from which refusals, their pages and the OpenAPI document come.
///
/// **Threads:** immutable, but for a [Form], which belongs to the thread of its request.
@NullMarked
package io.flashcall.server.http.message;

import org.jspecify.annotations.NullMarked;
