/// What the paths do: one class for each kind of thing, each a few lines of the table of routes.
///
/// **Start here:** [VerificationStart] and [VerificationActions] are what apps use; the rest is for whoever configures.
/// [VerificationView] decides what each kind of key may see.
///
/// **Threads:** shared by all requests, and thread-safe; everything blocks, on virtual threads.
@NullMarked
package io.flashcall.server.http.resource;

import org.jspecify.annotations.NullMarked;
