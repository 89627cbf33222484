package io.flashcall.engine.agent;

import io.flashcall.engine.agent.AgentFixture.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Connections that a test makes and breaks by hand.
final class HandStreams implements Streams {

    final List<HandStream> opened = new ArrayList<>();

    @Override
    public Stream open(Hop hop) {
        var stream = new HandStream(hop);
        opened.add(stream);
        return stream;
    }

    /// The one to that port, the last if there were several.
    HandStream to(int port) {
        return opened.stream()
                .filter(stream -> stream.hop.endpoint().port() == port)
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError("no connection to port " + port));
    }

    /// One connection.
    static final class HandStream implements Stream {

        final Hop hop;
        private State state = State.CONNECTING;
        private boolean full;
        private final List<Sent> queued = new ArrayList<>();
        private final List<Sent> flushed = new ArrayList<>();

        HandStream(Hop hop) {
            this.hop = hop;
        }

        void is(State now) {
            state = now;
        }

        /// It takes nothing more.
        void fills() {
            full = true;
        }

        /// It takes more again.
        void drains() {
            full = false;
        }

        List<Sent> taken() {
            var all = List.copyOf(flushed);
            flushed.clear();
            return all;
        }

        @Override
        public boolean send(byte[] bytes, int offset, int length) {
            if (full || state == State.DOWN) {
                return false;
            }
            queued.add(new Sent(new String(bytes, offset, length, StandardCharsets.UTF_8), hop.endpoint()));
            return true;
        }

        @Override
        public void flush() {
            flushed.addAll(queued);
            queued.clear();
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public void close() {
            state = State.DOWN;
        }
    }
}
