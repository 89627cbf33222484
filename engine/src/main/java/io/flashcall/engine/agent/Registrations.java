package io.flashcall.engine.agent;

import io.flashcall.engine.sip.ResponseView;
import io.flashcall.engine.telemetry.Metric;
import io.flashcall.engine.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/// The registrations of one user agent: one for each trunk that registers. Confined to the agent's loop.
final class Registrations {

    private final AgentContext context;
    private @Nullable Runnable whenLeft;

    Registrations(AgentContext context) {
        this.context = context;
    }

    /// Does what time has brought; to be called twice a second or so.
    void run(long now) {
        for (var line : context.lines) {
            var registration = line.registration;
            if (registration != null) {
                registration.run(now);
            }
        }
        tellWhenLeft();
    }

    /// Handles an answer.
    ///
    /// @return false when it answers nothing that was asked
    boolean onResponse(ResponseView response, Endpoint source, long now) {
        var registration = of(response.branchKey());
        boolean ours = registration != null && registration.onResponse(response, source, now);
        if (ours) {
            context.telemetry.count(Metric.RESPONSES_MATCHED);
            tellWhenLeft();
        }
        return ours;
    }

    /// The system, or a connection, would not send a REGISTER.
    ///
    /// @param token       the key of its branch
    /// @param unreachable whether the network says that the host cannot be reached
    void onSendError(long token, boolean unreachable, long now) {
        var registration = of(token);
        if (registration != null) {
            registration.onSendError(token, unreachable, now);
        }
    }

    private @Nullable Registration of(long branchKey) {
        int index = CallKey.slot(branchKey);
        return index < context.hops.size() ? context.hops.get(index).line.registration : null;
    }

    /// A connection is there: who waits for it registers.
    void onUp(long now) {
        run(now);
    }

    /// A connection is gone.
    void onDown(Hop hop, long now) {
        var registration = hop.line.registration;
        if (registration != null) {
            registration.onDown(hop, now);
        }
        tellWhenLeft();
    }

    /// Takes all contacts back, for good.
    ///
    /// @param whenDone run once every registrar has answered, or will not
    void leave(Runnable whenDone, long now) {
        whenLeft = whenDone;
        for (var line : context.lines) {
            var registration = line.registration;
            if (registration != null) {
                registration.leave(now);
            }
        }
        tellWhenLeft();
    }

    private void tellWhenLeft() {
        var told = whenLeft;
        if (told != null && areOver()) {
            whenLeft = null;
            told.run();
        }
    }

    private boolean areOver() {
        for (var line : context.lines) {
            if (line.isRegistered()) {
                return false;
            }
        }
        return true;
    }
}
