package io.flashcall.engine.trunk.dns;

import java.time.Duration;
import java.util.List;

/// What DNS says to one question.
///
/// @param <R> a record
public sealed interface DnsAnswer<R> {

    /// There are records.
    ///
    /// @param records    at least one, in no order that means anything
    /// @param timeToLive the shortest of the records' and of the aliases' that led to them; not negative
    record Found<R>(List<R> records, Duration timeToLive) implements DnsAnswer<R> {

        public Found {
            records = List.copyOf(records);
            if (records.isEmpty() || timeToLive.isNegative()) {
                throw new IllegalArgumentException("records: " + records + " for " + timeToLive
                        + " (expected: at least one, for no negative time)");
            }
        }
    }

    /// DNS says that there is no such name, or no such record of it.
    record Absent<R>() implements DnsAnswer<R> {}

    /// DNS does not say: no answer in time, or an answer that is an error.
    ///
    /// @param reason for the operator, naming the question and the server
    record Failed<R>(String reason) implements DnsAnswer<R> {}
}
