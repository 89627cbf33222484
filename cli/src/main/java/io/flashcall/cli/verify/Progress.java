package io.flashcall.cli.verify;

import io.flashcall.cli.api.StreamEvent;
import java.util.Optional;

/// Says in a few words what happens in a verification.
final class Progress {

    private Progress() {}

    /// Empty for what a person need not know.
    static Optional<String> sentence(StreamEvent event) {
        return switch (event.type()) {
            case "call.ringing" -> Optional.of("The phone rings.");
            case "call.delivered" -> Optional.of("The call is over; its number is among the missed calls.");
            case "call.failed" -> Optional.of("The call did not get through.");
            case "channel.fallback" -> Optional.of("Trying another way" + channel(event) + ".");
            case "message.accepted" -> Optional.of("A message with the code is on its way.");
            case "message.refused" -> Optional.of("The message could not be sent.");
            default -> Optional.empty();
        };
    }

    private static String channel(StreamEvent event) {
        String to = event.detail("to");
        return to.isEmpty() ? "" : ": " + to;
    }
}
