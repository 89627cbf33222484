package io.flashcall.cli.verify;

import io.flashcall.cli.api.StreamEvent;
import java.util.Optional;
import java.util.stream.Stream;

/// Says in a few words what happens in a verification.
final class Progress {

    private Progress() {}

    /// Empty for what a person need not know.
    static Optional<String> sentence(StreamEvent event) {
        return switch (event.type()) {
            case "call.ringing" -> Optional.of("The phone rings.");
            case "call.delivered" -> Optional.of("The call is over; its number is among the missed calls.");
            case "call.failed" -> Optional.of("The call did not get through" + why(event) + ".");
            case "channel.fallback" -> Optional.of("Trying another way" + channel(event) + ".");
            case "message.accepted" -> Optional.of("A message with the code is on its way.");
            case "message.refused" -> Optional.of("The message could not be sent" + why(event) + ".");
            case "message.delivered" -> Optional.of("The message has arrived.");
            case "message.failed" -> Optional.of("The message did not arrive" + why(event) + ".");
            case "channel.unavailable" -> Optional.of("No way by " + event.detail("channel") + why(event) + ".");
            default -> Optional.empty();
        };
    }

    /// What its provider said, or else our word for it; a publishable key is told neither.
    private static String why(StreamEvent event) {
        return Stream.of("detail", "reason", "outcome")
                .map(event::detail)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> ": " + text)
                .orElse("");
    }

    private static String channel(StreamEvent event) {
        String to = event.detail("to");
        return to.isEmpty() ? "" : ": " + to;
    }
}
