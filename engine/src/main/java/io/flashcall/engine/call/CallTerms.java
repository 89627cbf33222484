package io.flashcall.engine.call;

/// What a trunk and a caller want of one call. Immutable.
///
/// @param rule          which provisional responses mean ringing
/// @param refusals      what a refusal before ringing means
/// @param ringNanos     from ringing to CANCEL
/// @param setupNanos    from the first INVITE to ringing
/// @param failoverNanos how long an INVITE may stay without any response before another host is tried
public record CallTerms(RingRule rule, RefusalTable refusals, long ringNanos, long setupNanos, long failoverNanos) {}
