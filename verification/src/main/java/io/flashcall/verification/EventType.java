package io.flashcall.verification;

import java.util.Arrays;
import java.util.Optional;

/// What can happen in a session, as its timeline and webhooks name it.
public enum EventType {
    VERIFICATION_STARTED("verification.started", true),
    VERIFICATION_VERIFIED("verification.verified", true),
    VERIFICATION_FAILED("verification.failed", true),
    VERIFICATION_EXPIRED("verification.expired", true),
    VERIFICATION_CANCELED("verification.canceled", true),
    CALL_RINGING("call.ringing", true),
    /// The phone rang, or the network says so.
    CALL_DELIVERED("call.delivered", true),
    CALL_FAILED("call.failed", true),
    /// A message's provider says that it arrived; it may say so after the session has ended.
    MESSAGE_DELIVERED("message.delivered", true),
    /// A message's provider says that it will never arrive.
    MESSAGE_FAILED("message.failed", true),
    /// The plan moved on to another channel.
    CHANNEL_FALLBACK("channel.fallback", true),
    ATTEMPT_STARTED("attempt.started", false),
    /// A call ended after its session had.
    CALL_ENDED("call.ended", false),
    MESSAGE_ACCEPTED("message.accepted", false),
    MESSAGE_REFUSED("message.refused", false),
    /// A message's provider says that it does not know whether it arrived.
    MESSAGE_UNKNOWN("message.unknown", false),
    CHANNEL_UNAVAILABLE("channel.unavailable", false),
    CHECK_WRONG("check.wrong", false),
    /// Much of an app's budget is spent; belongs to no session, as the next one.
    BUDGET_WARNING("budget.warning", true),
    /// All of it is: nothing more starts in its period.
    BUDGET_EXHAUSTED("budget.exhausted", true),
    /// A caller id is not shown for a while, since networks block it; belongs to no session.
    CALLER_ID_QUARANTINED("caller_id.quarantined", true),
    /// Somebody asked for it to see whether an endpoint listens; belongs to no session.
    WEBHOOK_TEST("webhook.test", true);

    private final String label;
    private final boolean webhook;

    EventType(String label, boolean webhook) {
        this.label = label;
        this.webhook = webhook;
    }

    /// `verification.started` and so on.
    public String label() {
        return label;
    }

    /// Whether webhook endpoints are told of it; the timeline is told of all.
    public boolean isWebhook() {
        return webhook;
    }

    /// Whether it ends its session.
    public boolean isFinal() {
        return statusAfter().isFinal();
    }

    /// How a session stands whose latest event it is, the late news of calls and messages after its end aside.
    public Status statusAfter() {
        return switch (this) {
            case VERIFICATION_VERIFIED -> Status.VERIFIED;
            case VERIFICATION_FAILED -> Status.FAILED;
            case VERIFICATION_EXPIRED -> Status.EXPIRED;
            case VERIFICATION_CANCELED -> Status.CANCELED;
            case VERIFICATION_STARTED,
                    CALL_RINGING,
                    CALL_DELIVERED,
                    CALL_FAILED,
                    MESSAGE_DELIVERED,
                    MESSAGE_FAILED,
                    MESSAGE_UNKNOWN,
                    CHANNEL_FALLBACK,
                    ATTEMPT_STARTED,
                    CALL_ENDED,
                    MESSAGE_ACCEPTED,
                    MESSAGE_REFUSED,
                    CHANNEL_UNAVAILABLE,
                    CHECK_WRONG,
                    BUDGET_WARNING,
                    BUDGET_EXHAUSTED,
                    CALLER_ID_QUARANTINED,
                    WEBHOOK_TEST -> Status.PENDING;
        };
    }

    public static Optional<EventType> named(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }
}
