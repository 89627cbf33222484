package io.flashcall.server.channel.smpp;

/// What became of one submit_sm.
sealed interface Answer {

    /// The SMSC took it.
    ///
    /// @param id by which its receipt will name it; may be empty
    record Accepted(String id) implements Answer {}

    /// The SMSC did not take it.
    ///
    /// @param status command_status, SMPP 3.4 section 5.1.3
    record Refused(int status) implements Answer {

        private static final int MESSAGE_QUEUE_FULL = 0x14;
        private static final int THROTTLED = 0x58;

        /// Whether it would take it later.
        boolean isThrottled() {
            return status == THROTTLED || status == MESSAGE_QUEUE_FULL;
        }

        @Override
        public String toString() {
            return "command_status 0x%08x".formatted(status);
        }
    }

    /// No octet of it was written.
    ///
    /// @param reason a few words; holds neither numbers nor secrets
    record Unsent(String reason) implements Answer {}

    /// No octet of it was written: nobody wants it any more.
    record Unwanted() implements Answer {}

    /// It was written, or some of it may have been, and there is no answer.
    ///
    /// @param reason a few words; holds neither numbers nor secrets
    record Lost(String reason) implements Answer {}

    /// It cannot be written: an address or the text is too long for the protocol.
    record Unwritable() implements Answer {}
}
