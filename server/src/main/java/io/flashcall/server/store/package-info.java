/// Keeps everything in SQL: the ports of [io.flashcall.verification.store] over SQLite and PostgreSQL.
///
/// **Start here:** [SqlStore] opens a database and has one implementation of each port. `Sql…` classes hold
/// the statements, the same for both where both agree ([Dialect] says where not); [Database] runs them in
/// transactions; `Sqlite…` and `Postgres…` classes know one of the two.
///
/// **Threads:** everything but [Sql] and [Rows] is thread-safe and blocks. In SQLite one thread writes,
/// whoever asks; it commits what is queued as a group, since it is the commit that waits for the disk. In
/// PostgreSQL everybody has a connection for the time of a transaction, and what nobody waits for goes out
/// together, since it is the round trips that take time. Times are kept to the millisecond.
@NullMarked
package io.flashcall.server.store;

import org.jspecify.annotations.NullMarked;
