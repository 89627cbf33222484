package io.flashcall.testbed.digest;

import io.flashcall.testbed.wire.SipResponse.Field;
import java.util.List;

/// What an [Authenticator] finds.
public sealed interface Verdict {

    /// The credentials are right, or none are needed.
    ///
    /// @param user who it is; empty if nobody was asked
    /// @param faults what was wrong in their form all the same
    record Admitted(String user, List<Fault> faults) implements Verdict {
        public Admitted {
            faults = List.copyOf(faults);
        }
    }

    /// To be asked, perhaps again.
    ///
    /// @param status 401 or 407
    /// @param challenges the header fields of the response
    /// @param cause why
    /// @param faults what was wrong in the form of what came
    record Challenged(int status, List<Field> challenges, Cause cause, List<Fault> faults) implements Verdict {
        public Challenged {
            challenges = List.copyOf(challenges);
            faults = List.copyOf(faults);
        }
    }

    /// Why somebody is challenged.
    enum Cause {
        /// No credentials for this realm came.
        NONE,
        /// Unknown user, wrong password, wrong hash: a new nonce, and not stale.
        WRONG,
        /// Right, with a nonce that is no longer good: `stale=true`.
        STALE
    }

    /// A breach of RFC 7616 that the carrier's judge is to hear of.
    ///
    /// @param kind what was broken
    /// @param detail what was seen, and what was expected; never a password or a response
    record Fault(Kind kind, String detail) {}

    /// Kinds of [Fault].
    enum Kind {
        /// A parameter is absent, quoted where it must not be, or is not the challenge's.
        FORM,
        /// `uri` is not the Request-URI.
        URI,
        /// The count is no eight hexadecimal digits, is zero, or was used before.
        COUNT
    }
}
