package io.flashcall.cli.place;

import io.flashcall.engine.CallEvent;
import io.flashcall.engine.CallOutcome;
import io.flashcall.engine.SipStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells a call as one JSON object, whose fields are a contract with scripts.
final class JsonView {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private JsonView() {}

    static String tell(CallReport report) {
        var outcome = report.outcome();
        var last = outcome.last();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", name(outcome));
        json.put("caller_id_shown", outcome.showedCallerId());
        json.put("status", boxed(last.status().isPresent(), last.code()));
        json.put("cause", cause(outcome).map(Enum::name).orElse(null));
        json.put("q850", boxed(last.q850().isPresent(), last.q850Cause()));
        json.put("setup_ms", report.setup().map(JsonView::millis).orElse(null));
        json.put("ring_ms", report.ring().map(JsonView::millis).orElse(null));
        json.put("cancel_late_ms", report.cancelLate().map(JsonView::millis).orElse(null));
        json.put("call_id", report.callId());
        // Only of a block that says whom to complain to.
        last.redress().ifPresent(url -> json.put("redress", url.toString()));
        var events = json.putArray("events");
        for (var event : report.events()) {
            events.add(event(report, event));
        }
        return json.toString();
    }

    /// The outcome as scripts know it.
    static String name(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Rang _ -> "rang";
            case CallOutcome.Answered _ -> "answered";
            case CallOutcome.Declined _ -> "declined";
            case CallOutcome.Failed _ -> "failed";
            case CallOutcome.Abandoned _ -> "abandoned";
        };
    }

    private static Optional<Enum<?>> cause(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Declined declined -> Optional.of(declined.cause());
            case CallOutcome.Failed failed -> Optional.of(failed.cause());
            case CallOutcome.Rang _, CallOutcome.Answered _, CallOutcome.Abandoned _ -> Optional.empty();
        };
    }

    private static ObjectNode event(CallReport report, CallEvent event) {
        var json = JsonNodeFactory.instance.objectNode();
        var response = response(event);
        json.put("type", type(event));
        json.put("t_ms", millis(report.time(event)));
        json.put("status", boxed(response.status().isPresent(), response.code()));
        json.put("reason", response.reason().isEmpty() ? null : response.reason());
        return json;
    }

    private static String type(CallEvent event) {
        return switch (event) {
            case CallEvent.Placed _ -> "placed";
            case CallEvent.Trying _ -> "trying";
            case CallEvent.Ringing _ -> "ringing";
            case CallEvent.HangingUp _ -> "hanging_up";
            case CallEvent.Ended _ -> "ended";
        };
    }

    private static SipStatus response(CallEvent event) {
        return switch (event) {
            case CallEvent.Trying trying -> trying.response();
            case CallEvent.Ringing ringing -> ringing.response();
            case CallEvent.Ended ended -> ended.outcome().last();
            case CallEvent.Placed _, CallEvent.HangingUp _ -> SipStatus.NONE;
        };
    }

    private static @Nullable Integer boxed(boolean present, int value) {
        return present ? value : null;
    }

    /// To the microsecond.
    private static Double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }
}
