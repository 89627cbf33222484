package io.flashcall.cli.page;

import io.flashcall.cli.hook.Hook;
import io.flashcall.testbed.RingListener;
import java.time.InstantSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells each visit what its phone shows and what its app hears: rings, messages, webhooks. Thread-safe,
/// and quick enough for the carrier's loop.
public final class PhoneNews implements RingListener {

    private final Visits visits;
    private final InstantSource clock;

    public PhoneNews(Visits visits, InstantSource clock) {
        this.visits = visits;
        this.clock = clock;
    }

    @Override
    public void onRinging(String called, String caller) {
        tell(called, "ring", now().put("from", caller));
    }

    @Override
    public void onRingStopped(String called, String caller) {
        tell(called, "silence", now().put("from", caller));
    }

    /// A text message, or an email, has come.
    ///
    /// @param to      a number, or an address
    /// @param kind    `sms` or `email`
    /// @param subject empty for an SMS
    public void message(String to, String kind, String subject, String text) {
        tell(to, "message", now().put("kind", kind).put("subject", subject).put("text", text));
    }

    /// A webhook that was signed rightly.
    public void hook(Hook hook) {
        visits.watching(hook.verification())
                .ifPresent(visit -> visit.tell(
                        "webhook",
                        now().put("verification", hook.verification())
                                .put("event", hook.type())
                                .put("sequence", hook.sequence())));
    }

    private void tell(String to, String type, ObjectNode data) {
        visits.owner(to).ifPresent(visit -> visit.tell(type, data));
    }

    private ObjectNode now() {
        return JsonNodeFactory.instance.objectNode().put("at", clock.instant().toString());
    }
}
