package io.flashcall.cli.carrier;

import io.flashcall.testbed.TraceLine;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/// Prints each message whole, with time and peer.
final class CarrierTrace {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneId.systemDefault());

    private final PrintWriter out;

    CarrierTrace(PrintWriter out) {
        this.out = out;
    }

    void print(TraceLine message) {
        String arrow = message.sent() ? " to " : " from ";
        String text =
                message.text().strip().lines().map(CarrierTrace::printable).collect(Collectors.joining("\n    "));
        out.println(TIME.format(message.at()) + arrow + message.peer() + "\n    " + text);
        out.flush();
    }

    /// What a caller sends must not be able to drive somebody's terminal.
    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
    }
}
