package io.flashcall.testbed.sipp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a SIPp process counted, from the last line of its statistics.
///
/// @param exitCode 0 all calls succeeded, 1 some failed, others see `sipp -h`
/// @param calls created
/// @param successful ended as the scenario says
/// @param failed ended otherwise
/// @param unexpected of these, by a message the scenario does not expect
/// @param strays messages that belonged to no call, or to one already over
public record SippResult(int exitCode, long calls, long successful, long failed, long unexpected, long strays) {

    /// Reads the `-trace_stat` file: names in the first line, numbers in the others, separated by semicolons.
    static SippResult read(int exitCode, List<String> lines) {
        if (lines.size() < 2) {
            return new SippResult(exitCode, 0, 0, 0, 0, 0);
        }
        String[] names = lines.getFirst().split(";", -1);
        String[] values = lines.getLast().split(";", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.length, values.length); i++) {
            row.put(names[i], values[i]);
        }
        return new SippResult(
                exitCode,
                number(row, "TotalCallCreated"),
                number(row, "SuccessfulCall(C)"),
                number(row, "FailedCall(C)"),
                number(row, "FailedUnexpectedMessage(C)"),
                number(row, "OutOfCallMsgs(C)") + number(row, "DeadCallMsgs(C)"));
    }

    private static long number(Map<String, String> row, String name) {
        return Long.parseLong(row.getOrDefault(name, "0").trim());
    }
}
