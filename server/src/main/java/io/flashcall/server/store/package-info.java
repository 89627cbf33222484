/// Keeps everything in SQL: the ports of [io.flashcall.verification.store] over SQLite.
///
/// **Start here:** [SqliteStore] opens a file and has one implementation of each port. `Sql…` classes hold the
/// statements, kept to what PostgreSQL also speaks; [Database] runs them in transactions; `Sqlite…` classes know
/// SQLite.
///
/// **Threads:** everything but [Sql] and [Rows] is thread-safe and blocks. One thread writes, whoever asks; it commits
/// what is queued as a group, since it is the commit that waits for the disk. Times are kept to the millisecond.
@NullMarked
package io.flashcall.server.store;

import org.jspecify.annotations.NullMarked;
