package io.flashcall.server.store;

/// Runs transactions. Thread-safe; blocks.
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

    Dialect dialect();

    /// Runs one that may write; when this returns, what it did survives a power cut.
    ///
    /// @param what completes "cannot …" for the error
    /// @param work may be run again, from its beginning, where its transaction crossed another one's
    /// @throws StoreException   when the database fails; whatever else `work` throws is thrown here as it is
    <T> T write(String what, Work<T> work);

    /// One statement that is a transaction by itself.
    ///
    /// @return how many rows it changed
    int change(String what, String text, Object... values);

    /// Runs one query that only reads, and sees all that was written before.
    <T> T read(String what, Work<T> work);

    /// The same for one that reads much at once.
    <T> T report(String what, Work<T> work);

    /// Statements, each a transaction by itself, that wait for nobody else's: what says that this node lives.
    <T> T aside(String what, Work<T> work);

    /// Makes sure that what was deleted stands in none of its files any more, as far as can be done now.
    void scrub();

    /// Finishes what was asked; nothing more is taken.
    @Override
    void close();
}
