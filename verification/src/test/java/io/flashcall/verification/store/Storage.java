package io.flashcall.verification.store;

/// The store under test: one implementation of each port, over the same things.
public interface Storage extends AutoCloseable {

    Sessions sessions();

    Leases leases();

    FailedChecks failedChecks();

    IdempotentRequests idempotentRequests();

    ApiKeys apiKeys();

    Apps apps();

    Pools pools();

    Quarantines quarantines();

    Endpoints endpoints();

    Outbox outbox();

    Statistics statistics();

    Nodes nodes();

    /// Opens it once more, as another process does beside this one. To be closed before this one.
    Storage beside();

    SentMessages sentMessages();

    Volumes volumes();

    Spending spending();

    Costs costs();

    Bills bills();

    /// Closes it and opens it again, as after a restart.
    Storage reopened();

    @Override
    void close();
}
