package io.flashcall.engine.agent;

import io.flashcall.engine.agent.EventCell.Kind;
import io.flashcall.engine.call.Ending;

/// Writes one call's events into the queue, numbered, each with what the response at hand said.
final class CallEvents {

    private static final int FIRST_REFUSAL = 300;

    private final AgentContext context;
    private final References references;
    private final int slot;
    private long call;
    private int sequence;

    /// @param slot of the call, in which its reference is found
    CallEvents(AgentContext context, References references, int slot) {
        this.context = context;
        this.references = references;
        this.slot = slot;
    }

    void begin(long key) {
        call = key;
        sequence = 0;
    }

    void placed(long now) {
        context.events.publish(cell(Kind.PLACED, 0, now));
    }

    void trying(int status, long now) {
        context.events.publish(cell(Kind.TRYING, status, now));
    }

    void ringing(int status, long now) {
        context.events.publish(cell(Kind.RINGING, status, now));
    }

    void hangingUp(long late, long now) {
        var cell = cell(Kind.HANGING_UP, 0, now);
        cell.late = late;
        context.events.publish(cell);
    }

    /// The last event gives back the room of those that never came.
    void ended(Ending ending, int status, long now) {
        int unused = EventQueue.EVENTS_PER_CALL - sequence - 1;
        var cell = cell(Kind.ENDED, status, now);
        cell.ending = ending;
        cell.credits = 1 + unused;
        context.events.publish(cell);
        references.forget(slot);
    }

    private EventCell cell(Kind kind, int status, long now) {
        var cell = context.events.next();
        cell.kind = kind;
        cell.call = call;
        references.copyTo(slot, cell);
        cell.sequence = sequence++;
        cell.nanos = now;
        cell.wallOffset = context.wallOffset;
        cell.credits = 1;
        cell.clearResponse(status);
        var response = context.atHand;
        if (status != 0 && response != null && response.status() == status) {
            cell.q850 = response.q850Cause();
            cell.retryAfterSeconds = response.retryAfterSeconds();
            var reason = response.reasonHeader();
            cell.reason(response.bytes(), reason.offset, reason.length);
            if (status >= FIRST_REFUSAL) {
                var redress = response.redress();
                cell.redress(response.bytes(), redress.offset, redress.length);
            }
        }
        return cell;
    }
}
