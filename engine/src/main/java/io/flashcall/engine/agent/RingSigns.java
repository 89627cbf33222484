package io.flashcall.engine.agent;

import io.flashcall.engine.call.RingSign;
import io.flashcall.engine.sip.ResponseView;
import org.jspecify.annotations.Nullable;

/// Reads from a provisional response what it says of ringing besides its status.
final class RingSigns {

    private RingSigns() {}

    /// What P-Early-Media says outranks a tone in Alert-Info, since it is about the media that really flow.
    static RingSign of(@Nullable ResponseView provisional) {
        if (provisional == null) {
            return RingSign.NONE;
        }
        return switch (provisional.earlyMedia()) {
            case SENT -> RingSign.AUDIBLE;
            case WITHHELD -> RingSign.SILENT;
            case UNSAID -> provisional.hasAlertInfo() ? RingSign.AUDIBLE : RingSign.NONE;
        };
    }
}
