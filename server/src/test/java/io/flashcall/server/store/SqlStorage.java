package io.flashcall.server.store;

import io.flashcall.verification.store.ApiKeys;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Bills;
import io.flashcall.verification.store.Costs;
import io.flashcall.verification.store.Endpoints;
import io.flashcall.verification.store.FailedChecks;
import io.flashcall.verification.store.IdempotentRequests;
import io.flashcall.verification.store.Leases;
import io.flashcall.verification.store.Nodes;
import io.flashcall.verification.store.Outbox;
import io.flashcall.verification.store.Pools;
import io.flashcall.verification.store.Quarantines;
import io.flashcall.verification.store.SentMessages;
import io.flashcall.verification.store.Sessions;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Statistics;
import io.flashcall.verification.store.Storage;
import io.flashcall.verification.store.Volumes;

/// What a store over either database has for the contracts.
interface SqlStorage extends Storage {

    SqlStore store();

    @Override
    default Sessions sessions() {
        return store().sessions();
    }

    @Override
    default Leases leases() {
        return store().leases();
    }

    @Override
    default FailedChecks failedChecks() {
        return store().failedChecks();
    }

    @Override
    default IdempotentRequests idempotentRequests() {
        return store().idempotentRequests();
    }

    @Override
    default ApiKeys apiKeys() {
        return store().apiKeys();
    }

    @Override
    default Apps apps() {
        return store().apps();
    }

    @Override
    default Pools pools() {
        return store().pools();
    }

    @Override
    default Quarantines quarantines() {
        return store().quarantines();
    }

    @Override
    default Endpoints endpoints() {
        return store().endpoints();
    }

    @Override
    default Outbox outbox() {
        return store().outbox();
    }

    @Override
    default Statistics statistics() {
        return store().statistics();
    }

    @Override
    default SentMessages sentMessages() {
        return store().sentMessages();
    }

    @Override
    default Nodes nodes() {
        return store().nodes();
    }

    @Override
    default Volumes volumes() {
        return store().volumes();
    }

    @Override
    default Spending spending() {
        return store().spending();
    }

    @Override
    default Costs costs() {
        return store().costs();
    }

    @Override
    default Bills bills() {
        return store().bills();
    }
}
