package io.flashcall.testbed.behaviour;

import io.flashcall.testbed.wire.SipResponse;
import java.util.List;

/// One response of a plan.
///
/// @param afterNanos nanoseconds after the INVITE's arrival
/// @param status 100 to 699
/// @param leg which fork sends it, from 0; each has its own To tag and Contact
/// @param sdp whether it carries an SDP answer
/// @param phrase the reason phrase; empty: the usual one of this status
/// @param extra headers beside the usual ones, such as Reason
public record Step(long afterNanos, int status, int leg, boolean sdp, String phrase, List<SipResponse.Field> extra) {

    public boolean isFinal() {
        return status >= 200;
    }

    public boolean isAnswer() {
        return status >= 200 && status < 300;
    }
}
