package io.flashcall.server.config;

import java.nio.file.Path;

/// Where the service keeps what it knows.
public sealed interface StoreConfig {

    /// As messages name it; without secrets.
    String name();

    /// One file, for one node.
    record File(Path path) implements StoreConfig {

        @Override
        public String name() {
            return path.toString();
        }
    }

    /// A PostgreSQL server, for any number of nodes.
    ///
    /// @param url         `jdbc:postgresql://HOST:PORT/DATABASE`, without a password
    /// @param user        empty: whom the system's user is
    /// @param password    empty: the server wants none, or another proof
    /// @param connections at most, for one node
    record Server(String url, String user, String password, int connections) implements StoreConfig {

        public static final int USUAL_CONNECTIONS = 16;

        @Override
        public String name() {
            return url;
        }

        @Override
        public String toString() {
            return "Server[" + url + "]";
        }
    }
}
