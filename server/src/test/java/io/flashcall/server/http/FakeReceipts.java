package io.flashcall.server.http;

import io.flashcall.server.http.resource.ReceiptIntake;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes what comes, and answers as it was told.
final class FakeReceipts implements ReceiptIntake {

    final List<Posted> posted = new CopyOnWriteArrayList<>();
    volatile Outcome outcome = new Outcome.Taken();

    @Override
    public Outcome take(Posted post) {
        posted.add(post);
        return outcome;
    }
}
