package io.flashcall.verification;

/// How an attempt ended.
///
/// @param verdict what the plan makes of it
/// @param outcome one word for machines: `rang`, `busy`, `no_response`, `accepted`, …
/// @param detail  for the timeline, such as `486 Busy Here`; holds no number
/// @param shown   whether the user may have seen the caller id
public record AttemptResult(Verdict verdict, String outcome, String detail, boolean shown) {}
