package io.flashcall.engine.agent;

/// No connections: all goes by datagrams.
final class NoStreams implements Streams {

    NoStreams() {}

    @Override
    public Stream open(Hop hop) {
        throw new IllegalStateException("a connection to " + hop.target + " (expected: UDP alone)");
    }
}
