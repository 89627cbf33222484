package io.flashcall.verification;

import io.flashcall.verification.pricing.Usage;

/// How an attempt ended.
///
/// @param verdict what the plan makes of it
/// @param outcome one word for machines: `rang`, `busy`, `no_response`, `accepted`, …
/// @param detail  for the timeline, such as `486 Busy Here`; holds no number
/// @param shown   whether the user may have seen the caller id
/// @param usage   what its price is multiplied with
public record AttemptResult(Verdict verdict, String outcome, String detail, boolean shown, Usage usage) {

    /// One part, or a call that nobody answered.
    public AttemptResult(Verdict verdict, String outcome, String detail, boolean shown) {
        this(verdict, outcome, detail, shown, Usage.ONE);
    }

    /// It was not begun: by the time that it could have been, nobody waited for it any more.
    public static AttemptResult withdrawn() {
        return new AttemptResult(Verdict.NEXT_CHANNEL, "withdrawn", "nobody waited for it any more", false);
    }

    AttemptResult with(Verdict other) {
        return new AttemptResult(other, outcome, detail, shown, usage);
    }
}
