package io.flashcall.engine;

import java.time.Duration;
import java.util.Optional;

/// How a flash call ended. Every accepted call ends with exactly one outcome.
///
/// Outcomes are facts about the wire. What they *mean* (retry, bill, mark verified) is for the consumer to decide
/// with an exhaustive `switch`; there is deliberately no `OTHER` case.
public sealed interface CallOutcome {

    /// The INVITE's final response, or [SipStatus#NONE].
    SipStatus last();

    /// The phone rang, so the caller id is on its screen. However the ringing stopped (our CANCEL's 487, a callee who
    /// pressed reject, a network that gave up), the flash call is delivered.
    record Rang(SipStatus last) implements CallOutcome {}

    /// Someone, or a voicemail box, picked up before we could hang up. Without ringing first, nobody saw the caller
    /// id.
    ///
    /// @param rang whether it rang before it was answered
    record Answered(boolean rang, SipStatus last) implements CallOutcome {}

    /// The callee's side said no before ringing.
    record Declined(DeclineCause cause, SipStatus last) implements CallOutcome {}

    /// The call died on the way, before ringing; another trunk may still succeed, but see [FailureCause].
    ///
    /// @param retryAfter how long the peer asked to be left alone (RFC 3261 §20.33), where it did
    record Failed(FailureCause cause, SipStatus last, Optional<Duration> retryAfter) implements CallOutcome {}

    /// We gave up before the phone rang, because the caller asked us to.
    record Abandoned(SipStatus last) implements CallOutcome {}

    /// Why the callee's side said no. A trunk may mean something else by a status or cause ([RefusalRules]).
    enum DeclineCause {
        /// The number does not exist: 404, 410, 484, 604; Q.850 1, 22, 28.
        INVALID_NUMBER,
        /// The phone is in use: 486, 600; Q.850 17.
        BUSY,
        /// Switched off, out of reach, does not answer: 480; Q.850 18, 20.
        UNAVAILABLE,
        /// The callee does not want calls from this number: 607 (RFC 8197).
        UNWANTED
    }

    /// Why a call died. A trunk may mean something else by a status or cause ([RefusalRules]).
    enum FailureCause {
        /// Nothing came back before the setup timeout.
        NO_RESPONSE,
        /// The setup timeout ended a call that had a provisional but never rang.
        NO_RINGING,
        /// The network says that the phone was alerted (Q.850 19), or a host that the call had left for another rang it
        /// or was answered, though no ringing reached us: never call again.
        RANG_UNSEEN,
        /// Transport error, no signature, 408, 5xx; Q.850 34, 38, 41, 42, 47, 58, 63, 102.
        UNREACHABLE,
        /// 503.
        OVERLOADED,
        /// 401, 407.
        NOT_AUTHORIZED,
        /// The carrier forbids the call: 402, 403, 603; Q.850 21, 55, 57.
        BLOCKED,
        /// A network on the way takes calls from this caller id for unwanted ones: 608 (RFC 8688), "603+"
        /// (ATIS-1000099).
        BLOCKED_BY_ANALYTICS,
        /// Our offer was refused: 415, 488, 606; Q.850 65, 70, 79, 88.
        MEDIA_REFUSED,
        /// The signalling itself went wrong: 400, 405, 420, 481 to 483, 501 and the like; 428, 436, 437, 438, by
        /// which a carrier refuses our signed identity or its lack.
        PROTOCOL
    }

    /// Whether the callee has seen the caller id, as far as the wire can tell: only after ringing.
    default boolean showedCallerId() {
        return switch (this) {
            case Rang _ -> true;
            case Answered answered -> answered.rang();
            case Declined _, Failed _, Abandoned _ -> false;
        };
    }
}
