package io.flashcall.server.store;

/// Where the two databases do not speak alike, or one of them is faster with another word.
enum Dialect {
    /// One process writes, one transaction at a time.
    SQLITE,
    /// Many write at once, from several nodes.
    POSTGRESQL;

    /// What a query ends with that locks the rows it reads until its transaction ends; where there is one
    /// writer, nothing has to be locked.
    String forUpdate() {
        return switch (this) {
            case SQLITE -> "";
            case POSTGRESQL -> " FOR UPDATE";
        };
    }
}
