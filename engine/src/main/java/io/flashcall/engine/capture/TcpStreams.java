package io.flashcall.engine.capture;

import io.flashcall.engine.transport.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/// How far both directions of each connection have got, so that the segments of a capture follow one another. A
/// connection that was not heard of for long is forgotten; should it be heard of again, it begins anew.
///
/// Not thread-safe.
final class TcpStreams {

    private static final int MOST_CONNECTIONS = 4_096;
    private static final float LOAD = 0.75f;

    private final Map<Connection, Progress> connections = new LinkedHashMap<>(16, LOAD, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Connection, Progress> eldest) {
            return size() > MOST_CONNECTIONS;
        }
    };

    /// The numbers of one segment.
    record Position(int sequence, int acknowledged) {

        static final Position NONE = new Position(0, 0);
    }

    private record Connection(Side local, Side peer) {}

    private record Side(long hi, long lo, int port) {

        static Side of(Endpoint endpoint) {
            return new Side(endpoint.hi(), endpoint.lo(), endpoint.port());
        }
    }

    private static final class Progress {

        private int ours = 1;
        private int theirs = 1;
    }

    /// The numbers of the connection's next segment, which holds this many bytes.
    Position advance(WireMessage message, int bytes) {
        var connection = new Connection(Side.of(message.local()), Side.of(message.peer()));
        var progress = connections.computeIfAbsent(connection, _ -> new Progress());
        if (message.sent()) {
            var position = new Position(progress.ours, progress.theirs);
            progress.ours += bytes;
            return position;
        }
        var position = new Position(progress.theirs, progress.ours);
        progress.theirs += bytes;
        return position;
    }
}
