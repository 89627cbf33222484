package io.flashcall.engine.agent;

/// Makes the connections of a user agent; what becomes of them is told by [UserAgent#onUp], [UserAgent#onDown] and
/// [UserAgent#onMessage].
@FunctionalInterface
interface Streams {

    /// Begins to connect to a hop's host.
    Stream open(Hop hop);
}
