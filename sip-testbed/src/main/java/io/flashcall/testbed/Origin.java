package io.flashcall.testbed;

import io.flashcall.testbed.stream.Connection;
import java.net.InetSocketAddress;

/// Where a request came from, or where a response goes.
sealed interface Origin {

    InetSocketAddress address();

    /// As Via names it: `UDP`, `TCP` or `TLS`.
    String transport();

    /// Whether nothing gets lost on the way, so that nothing is sent twice (RFC 3261 §17.1.1.2).
    boolean isReliable();

    /// Whether nobody can be reached there any more.
    boolean isGone();

    /// Breaks the way with a TCP reset, where there is one to break, after what was sent has left.
    void reset();

    /// @param atMain whether it came to the address the carrier listens on
    record Datagram(InetSocketAddress address, boolean atMain) implements Origin {

        @Override
        public String transport() {
            return "UDP";
        }

        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void reset() {}
    }

    /// A connection; two requests share their origin if they share it.
    record Stream(Connection connection) implements Origin {

        @Override
        public InetSocketAddress address() {
            return connection.peer();
        }

        @Override
        public String transport() {
            return connection.secure() ? "TLS" : "TCP";
        }

        @Override
        public boolean isReliable() {
            return true;
        }

        @Override
        public boolean isGone() {
            return connection.isClosed();
        }

        @Override
        public void reset() {
            connection.resetAfterSending();
        }
    }
}
