package io.flashcall.engine.agent;

import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.telemetry.AgentTelemetry;
import io.flashcall.engine.telemetry.Metric;

/// Takes note of what responses say of a host's load (RFC 7339 §5.2). A host that was not asked is not heard.
final class LoadReports {

    private LoadReports() {}

    /// @param hop where the request went that the response answers
    static void take(ResponseView response, Hop hop, AgentTelemetry telemetry, long now) {
        if (!hop.trunk().config().options().overloadControl()) {
            return;
        }
        var feedback = response.overload();
        switch (feedback.kind()) {
            case NONE -> {}
            case UNUSABLE -> telemetry.count(Metric.OVERLOAD_UNUSABLE);
            case USABLE -> {
                boolean news =
                        hop.load().onFeedback(feedback.percent(), feedback.validityMillis(), feedback.sequence(), now);
                telemetry.count(news ? Metric.OVERLOAD_TAKEN : Metric.OVERLOAD_OUTDATED);
            }
        }
    }
}
