package io.flashcall.server.store;

/// Runs transactions. Thread-safe; blocks.
interface Database {

    /// Runs one that may write; when this returns, what it did survives a power cut.
    ///
    /// @param what completes "cannot …" for the error
    /// @throws StoreException   when the database fails; whatever else `work` throws is thrown here as it is
    <T> T write(String what, Work<T> work);

    /// Runs one query that only reads, and sees all that was written before.
    <T> T read(String what, Work<T> work);

    /// Makes sure that what was deleted stands in none of its files any more, as far as can be done now.
    void scrub();
}
