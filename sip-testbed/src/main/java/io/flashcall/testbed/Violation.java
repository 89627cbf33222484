package io.flashcall.testbed;

/// A rule that a caller broke.
///
/// @param rule which one
/// @param callId the call it happened in
/// @param detail what was seen, and what was expected
public record Violation(Rule rule, String callId, String detail) {

    @Override
    public String toString() {
        return rule + " (" + rule.section() + ", " + rule.sentence() + "): " + detail + " in call " + callId;
    }
}
