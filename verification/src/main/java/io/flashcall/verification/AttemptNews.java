package io.flashcall.verification;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a session says of its attempts: which events they are, and with which details.
final class AttemptNews {

    private AttemptNews() {}

    /// Whatever somebody made of it: a phone that rang is never rung again on its account, and what has no routes is
    /// not sent again on another one.
    static AttemptResult judged(Attempt attempt, AttemptResult told) {
        if (attempt.times().rang().isPresent() && !told.verdict().isWaitedFor()) {
            return new AttemptResult(Verdict.DELIVERED, told.outcome(), told.detail(), true, told.usage());
        }
        return told.verdict() == Verdict.NEXT_ROUTE && attempt.plan().route().isEmpty()
                ? told.with(Verdict.NEXT_CHANNEL)
                : told;
    }

    static EventType typeOf(Attempt attempt, AttemptResult result) {
        boolean reached = result.verdict().isWaitedFor();
        if (attempt.isFlashCall()) {
            return reached ? EventType.CALL_DELIVERED : EventType.CALL_FAILED;
        }
        return reached ? EventType.MESSAGE_ACCEPTED : EventType.MESSAGE_REFUSED;
    }

    static Map<String, String> outcome(Attempt attempt, AttemptResult result) {
        var details = new LinkedHashMap<String, String>();
        details.put("channel", attempt.plan().channel().value());
        details.put("outcome", result.outcome());
        if (!result.detail().isEmpty()) {
            details.put("detail", result.detail());
        }
        if (result.verdict() == Verdict.PERHAPS) {
            details.put("confirmed", "false");
        }
        return details;
    }

    static EventType typeOf(Receipt.State state) {
        return switch (state) {
            case DELIVERED -> EventType.MESSAGE_DELIVERED;
            case FAILED -> EventType.MESSAGE_FAILED;
            case UNKNOWN -> EventType.MESSAGE_UNKNOWN;
        };
    }

    static Map<String, String> started(Attempt.Plan plan) {
        var details = new LinkedHashMap<String, String>();
        details.put("channel", plan.channel().value());
        details.put("send", String.valueOf(plan.send()));
        plan.route().ifPresent(way -> {
            details.put("trunk", way.trunk());
            details.put("pool", way.pool());
            details.put("route", way.reason());
        });
        return details;
    }

    static Map<String, String> received(Attempt attempt, String detail) {
        var details = new LinkedHashMap<String, String>();
        details.put("channel", attempt.plan().channel().value());
        if (!detail.isEmpty()) {
            details.put("detail", detail);
        }
        return details;
    }
}
