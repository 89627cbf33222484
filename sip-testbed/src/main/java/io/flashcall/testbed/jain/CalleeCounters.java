package io.flashcall.testbed.jain;

/// What a callee's stack has told it.
///
/// @param invites calls begun
/// @param cancels CANCELs that matched a call
/// @param acks ACKs the stack handed up; it keeps those of non-2xx finals to itself
/// @param byes BYEs
/// @param up calls answered and not yet released by BYE, now
/// @param open INVITE transactions not yet terminated, now
/// @param timeouts transactions that ended for want of an answer from the caller, such as a missing ACK
/// @param faults requests that the stack or the callee could not deal with
public record CalleeCounters(
        long invites, long cancels, long acks, long byes, long up, long open, long timeouts, long faults) {}
