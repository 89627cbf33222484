package io.flashcall.cli.place;

import io.flashcall.engine.Admission.Reason;

/// Tells why the engine did not take a call.
///
/// @param reason the engine's
/// @param text   for a person
/// @param usage  whether the command line or configuration must change before it can be taken
record RefusalSentence(Reason reason, String text, boolean usage) {

    static RefusalSentence of(Reason reason, String trunk) {
        return switch (reason) {
            case BAD_NUMBER -> usage(reason, "--from or --to is not an E.164 number.");
            case CALLER_ID_NOT_OWNED ->
                usage(
                        reason,
                        "trunk " + trunk + " does not own the number of --from: its caller_ids must list it, and"
                                + " flash_calls_allowed must be true.");
            case UNKNOWN_TRUNK -> usage(reason, "there is no trunk " + trunk + ".");
            case DUPLICATE_REFERENCE -> now(reason, "a live call has the same reference.");
            case BUSY -> now(reason, "all slots are taken.");
            case PACED -> now(reason, "the pace of trunk " + trunk + " would make the call wait for over 2 s.");
            case NO_CHANNEL -> now(reason, "all channels of trunk " + trunk + " are in use.");
            case BACKING_OFF -> now(reason, "trunk " + trunk + " has asked to be left alone (503).");
            case OVERLOADED -> now(reason, "trunk " + trunk + " is overloaded and wants part of the calls withheld.");
            case GUARDED ->
                now(reason, "too many of the last calls of trunk " + trunk + " went as its guards do not allow.");
            case DRAINING -> now(reason, "the engine is stopping.");
        };
    }

    private static RefusalSentence usage(Reason reason, String text) {
        return new RefusalSentence(reason, text, true);
    }

    private static RefusalSentence now(Reason reason, String text) {
        return new RefusalSentence(reason, text, false);
    }

    @Override
    public String toString() {
        return "The call was not placed (" + reason + "): " + text;
    }
}
