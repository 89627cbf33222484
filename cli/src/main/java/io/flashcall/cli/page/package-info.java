/// The demo's page: its files, and the back end that its browser talks to. Keys, numbers and caller ids
/// stay here; a browser is told what a phone's display would show, and what the API says of its own
/// verification.
///
/// **Start here:** a page in a browser is a [Visit]; [PageRoutes] is what it may ask, [AppBackend] does it
/// through the service's API, and a [Narrator] tells what becomes of it.
@NullMarked
package io.flashcall.cli.page;

import org.jspecify.annotations.NullMarked;
